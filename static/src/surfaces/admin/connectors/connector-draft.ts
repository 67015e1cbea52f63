import type { connectorInput } from '../../../../../src/contract/inputs';
import type { ConnectorKindView, ConnectorView } from '../../../../../src/contract/settings-view';
import type { Input } from '../../../bridge';
import { slug } from '../slug';
import { fieldsOf, isKey, needsSecret, type AuthKind } from './sign-in-ways';

export type ConnectorInput = Input<typeof connectorInput>;
type Auth = ConnectorInput['auth'];
type AccountMatch = NonNullable<ConnectorInput['accountMatch']>;

/** A way to sign in while it is being edited: the fields of every way are kept, so that changing one's mind loses nothing. */
export interface AuthDraft {
  readonly kind: AuthKind;
  readonly fields: Readonly<Record<string, string>>;
}

/** A connector while it is being edited. */
export interface ConnectorDraft {
  readonly id: string | undefined;
  readonly kind: ConnectorKindView['kind'];
  readonly name: string;
  readonly baseUrl: string;
  readonly auth: AuthDraft;
  readonly settings: Readonly<Record<string, string>>;
  readonly accountMatch: AccountMatch;
  readonly directory: boolean;
  readonly write: boolean;
  /** Changes sign in as another client than readings. */
  readonly ownWriteAuth: boolean;
  readonly writeAuth: AuthDraft;
  readonly secret: string;
  readonly writeSecret: string;
}

export function newDraft(rule: ConnectorKindView, before?: ConnectorDraft): ConnectorDraft {
  const auth = { kind: rule.auths[0] ?? 'none', fields: before?.auth.fields ?? {} };
  return {
    id: undefined,
    kind: rule.kind,
    name: before?.name ?? '',
    baseUrl: rule.address.kind === 'fixed' ? rule.address.url : '',
    auth,
    settings: before?.settings ?? {},
    accountMatch: 'login',
    directory: false,
    write: false,
    ownWriteAuth: false,
    writeAuth: auth,
    secret: '',
    writeSecret: '',
  };
}

export function draftOf(connector: ConnectorView): ConnectorDraft {
  const auth = authDraftOf(connector.auth);
  return {
    id: connector.id,
    kind: connector.kind,
    name: connector.name,
    baseUrl: connector.baseUrl,
    auth,
    settings: texts(connector.settings ?? {}),
    accountMatch: connector.accountMatch ?? 'login',
    directory: connector.directory,
    write: connector.write,
    ownWriteAuth: connector.writeAuth !== undefined,
    writeAuth: connector.writeAuth ? authDraftOf(connector.writeAuth) : auth,
    secret: '',
    writeSecret: '',
  };
}

function authDraftOf({ kind, ...fields }: ConnectorView['auth']): AuthDraft {
  return { kind, fields: texts(fields) };
}

function texts(members: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** What the backend takes: only the members of the contract that belong to this kind, and none that is empty. */
export function connectorOf(draft: ConnectorDraft, rule: ConnectorKindView, taken: readonly string[]): ConnectorInput {
  const settings = Object.fromEntries(
    rule.settings.map(({ name }) => [name, draft.settings[name]?.trim() ?? '']).filter(([, value]) => value !== ''),
  );
  return {
    id: draft.id ?? slug(draft.name, taken),
    name: draft.name.trim(),
    kind: draft.kind,
    baseUrl: rule.address.kind === 'none' ? '' : draft.baseUrl.trim(),
    auth: authOf(draft.auth),
    ...(rule.settings.length > 0 ? { settings } : {}),
    ...(draft.accountMatch === 'login' ? {} : { accountMatch: draft.accountMatch }),
    directory: draft.directory,
    write: draft.write,
    ...(draft.write && draft.ownWriteAuth ? { writeAuth: authOf(draft.writeAuth) } : {}),
  };
}

function authOf({ kind, fields }: AuthDraft): Auth {
  const members = fieldsOf(kind)
    .map(({ name }) => [name, fields[name]?.trim() ?? ''] as const)
    .filter(([, value]) => value !== '');
  return { kind, ...Object.fromEntries(members) } as Auth;
}

/** The secrets that were typed. */
export function secretsOf(draft: ConnectorDraft): { secret?: string; writeSecret?: string } {
  return {
    ...(draft.secret && needsSecret(draft.auth.kind) ? { secret: draft.secret } : {}),
    ...(draft.write && draft.writeSecret ? { writeSecret: draft.writeSecret } : {}),
  };
}

/** What is wrong with a field. */
export type Problem = 'missing' | 'wrong';
/** By field: `name`, `auth.clientId`, `settings.realm` and so on. */
export type DraftProblems = Readonly<Record<string, Problem>>;

export function problemsOf(draft: ConnectorDraft, rule: ConnectorKindView): DraftProblems {
  const problems: Record<string, Problem> = {};
  const demand = (field: string, value: string | undefined) => {
    if (!value?.trim()) problems[field] = 'missing';
  };
  demand('name', draft.name);
  if (rule.address.kind === 'own' || rule.address.kind === 'vendor') demand('baseUrl', draft.baseUrl);
  if (rule.address.kind === 'vendor' && draft.baseUrl.trim() !== '') {
    const host = originOf(draft.baseUrl)?.slice('https://'.length) ?? '';
    if (!new RegExp(`^(?:${rule.address.host})$`).test(host)) problems['baseUrl'] = 'wrong';
  }
  for (const { name, pattern } of rule.settings) {
    const value = draft.settings[name]?.trim() ?? '';
    demand(`settings.${name}`, value);
    if (value !== '' && !new RegExp(`^(?:${pattern})$`).test(value)) problems[`settings.${name}`] = 'wrong';
  }
  const auths = [['auth', draft.auth, draft.secret, 'secret']] as Array<[string, AuthDraft, string, string]>;
  if (draft.write) auths.push(['writeAuth', writerOf(draft), draft.writeSecret, 'writeSecret']);
  for (const [prefix, auth, secret, field] of auths) {
    if (prefix === 'auth' || draft.ownWriteAuth)
      for (const { name, optional } of fieldsOf(auth.kind))
        if (!optional) demand(`${prefix}.${name}`, auth.fields[name]);
    if (secret !== '' && isKey(auth.kind) && !/^-----BEGIN PRIVATE KEY-----\s/.test(secret.trim()))
      problems[field] = 'wrong';
  }
  return problems;
}

/** How changes sign in. */
export function writerOf(draft: ConnectorDraft): AuthDraft {
  return draft.ownWriteAuth ? draft.writeAuth : draft.auth;
}

/** Every address that the app calls for this connector: the target's own and where tokens come from. */
export function addressesOf({
  baseUrl,
  auth,
  writeAuth,
}: Pick<ConnectorInput, 'baseUrl' | 'auth' | 'writeAuth'>): readonly string[] {
  return [baseUrl, ...[auth, writeAuth].flatMap((way) => (way && 'tokenUrl' in way ? [way.tokenUrl] : []))];
}

/** Whether a stored secret would be cleared, because it was entered for another way to sign in. */
export function isRebound(before: ConnectorView, now: ConnectorInput): boolean {
  const same = (one: Auth, other: Auth): boolean => {
    const { scope: _one, ...was } = one as Auth & { scope?: string };
    const { scope: _other, ...is } = other as Auth & { scope?: string };
    return JSON.stringify(Object.entries(was).sort()) === JSON.stringify(Object.entries(is).sort());
  };
  return !same(before.auth as Auth, now.auth);
}

/** The origin of an address; undefined while it is none. */
export function originOf(url: string): string | undefined {
  try {
    const { protocol, origin } = new URL(url.trim());
    return protocol === 'https:' ? origin : undefined;
  } catch {
    return undefined;
  }
}
