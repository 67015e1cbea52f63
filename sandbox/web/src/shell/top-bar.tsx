/** The bar of the product: where one can go, and who one is. */
import Button, { IconButton } from '@atlaskit/button/new';
import { goTo, Link, useAddress } from '../routing/address';
import { homeOf, isAdmin, isAgent, roleWords } from '../session/role-words';
import { useSession } from '../session/session';
import { Face } from './face';
import { ChevronDownIcon, MoonIcon } from './icons';
import { PopoverMenu } from './popover-menu';
import { chooseColorMode, useColorMode } from './theme';

const AREAS = [
  { href: '/', name: 'Story', matches: (path: string) => path === '/' },
  { href: '/agent', name: 'Agent view', matches: (path: string) => /^\/(agent|browse)/.test(path) },
  { href: '/portal', name: 'Portal', matches: (path: string) => /^\/(portal|servicedesk)/.test(path) },
  { href: '/admin', name: 'Admin', matches: (path: string) => path.startsWith('/admin') },
  { href: '/scim', name: 'SCIM directory', matches: (path: string) => path.startsWith('/scim') },
  { href: '/sandbox-controls', name: 'Sandbox controls', matches: (path: string) => path === '/sandbox-controls' },
];

export function TopBar() {
  const { path } = useAddress();
  const mode = useColorMode();
  const other = mode === 'dark' ? 'light' : 'dark';
  return (
    <header className="top-bar">
      <Link href="/" className="top-bar__brand" aria-label="Access desk, start page">
        <img src="/favicon.svg" alt="" width={24} height={24} />
        <span>Access desk</span>
      </Link>
      <nav aria-label="Areas" className="top-bar__nav">
        {AREAS.map((area) => (
          <Link
            key={area.href}
            href={area.href}
            className="top-bar__link"
            aria-current={area.matches(path) ? 'page' : undefined}
          >
            {area.name}
          </Link>
        ))}
      </nav>
      <div className="top-bar__end">
        <IconButton
          appearance="subtle"
          icon={MoonIcon}
          label={`Switch to ${other} theme`}
          onClick={() => chooseColorMode(other)}
        />
        <PersonMenu />
      </div>
    </header>
  );
}

function PersonMenu() {
  const { person, people, signIn, signOut } = useSession();
  const { path } = useAddress();
  if (!person)
    return (
      <Button appearance="primary" onClick={() => goTo('/')}>
        Sign in
      </Button>
    );
  const become = async (email: string) => {
    const next = people.find((one) => one.email === email);
    await signIn(email);
    // Stay where one is, unless the page is not for the new person.
    if (!next) return;
    const closed =
      (path.startsWith('/agent') && !next.licensed) ||
      (path.startsWith('/admin') && !isAdmin(next)) ||
      (path === '/agent' && !isAgent(next));
    if (closed) goTo(homeOf(next));
  };
  return (
    <PopoverMenu
      label={`Signed in as ${person.displayName}. Change person`}
      className="person-button"
      align="end"
      heading="Go on as"
      button={
        <>
          <Face name={person.displayName} size={24} />
          <span className="person-button__name">{person.displayName}</span>
          <ChevronDownIcon label="" size="small" />
        </>
      }
      items={[
        ...people.map((one) => ({
          key: one.key,
          current: one.key === person.key,
          onSelect: () => void become(one.email),
          content: (
            <>
              <Face name={one.displayName} size={32} />
              <span className="people__text">
                <strong>{one.displayName}</strong>
                <span>{roleWords(one)}</span>
              </span>
            </>
          ),
        })),
        { key: 'out', onSelect: () => void signOut().then(() => goTo('/')), content: <span>Sign out</span> },
      ]}
    />
  );
}
