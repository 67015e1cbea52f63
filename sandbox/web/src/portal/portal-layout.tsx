/** The customers' side: a help centre with one desk. */
import type { ReactNode } from 'react';
import { Link, useAddress } from '../routing/address';
import { useSession } from '../session/session';
import { get } from '../site/http';
import { type CustomerRequest, type Page, REQUEST } from '../site/jira';
import { useLoaded } from '../site/use-loaded';
import './portal.css';

export const usePendingApprovals = () =>
  useLoaded(
    () => get<Page<CustomerRequest>>(`${REQUEST}?approvalStatus=MY_PENDING_APPROVAL&limit=50`),
    'pending approvals',
    4000,
  );

export function PortalLayout({
  title,
  crumbs = [],
  here,
  children,
}: {
  title: string;
  crumbs?: Array<{ name: string; href: string }>;
  /** The last crumb; absent: the title. */
  here?: string;
  children: ReactNode;
}) {
  const { path } = useAddress();
  const { project } = useSession();
  const pending = usePendingApprovals().value?.values.length ?? 0;
  const link = (href: string, name: string, count = 0) => (
    <Link href={href} className="portal__link" aria-current={path === href ? 'page' : undefined}>
      {name}
      {count > 0 && <span className="portal__count">{count}</span>}
    </Link>
  );
  return (
    <div className="portal">
      <header className="portal__head">
        <div className="portal__inner">
          <p className="portal__place">
            acme.test help centre <span aria-hidden="true">/</span> {project.name}
          </p>
          <nav aria-label="Portal" className="portal__nav">
            {link('/portal', 'Raise a request')}
            {link('/portal/requests', 'My requests')}
            {link('/portal/approvals', 'My approvals', pending)}
          </nav>
        </div>
      </header>
      <main id="main" className="portal__inner portal__body">
        {crumbs.length > 0 && (
          <nav aria-label="Breadcrumbs" className="crumbs">
            {crumbs.map((crumb) => (
              <span key={crumb.href}>
                <Link href={crumb.href}>{crumb.name}</Link> <span aria-hidden="true">/</span>
              </span>
            ))}
            <span aria-current="page">{here ?? title}</span>
          </nav>
        )}
        <h1 className="portal__title">{title}</h1>
        {children}
      </main>
    </div>
  );
}
