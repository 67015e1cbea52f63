import { toolPackage } from '../installed';

/** The part of ldapts that is used here. */
export interface LdapClient {
  bind(name: string, password: string): Promise<void>;
  unbind(): Promise<void>;
  add(dn: string, attributes: Readonly<Record<string, string | readonly string[]>>): Promise<void>;
  modify(dn: string, changes: readonly unknown[]): Promise<void>;
  search(
    base: string,
    options: {
      scope: 'base' | 'sub';
      filter: string;
      attributes: readonly string[];
      explicitBufferAttributes?: readonly string[];
      paged?: boolean | { pageSize: number };
    },
  ): Promise<{ readonly searchEntries: readonly LdapEntry[] }>;
}

export type LdapEntry = { readonly dn: string } & Readonly<
  Record<string, string | Buffer | readonly string[] | readonly Buffer[]>
>;

interface Ldapts {
  readonly Client: new (options: { url: string; timeout: number; connectTimeout: number }) => LdapClient;
  readonly Attribute: new (of: { type: string; values: readonly string[] }) => unknown;
  readonly Change: new (of: { operation: 'add' | 'delete' | 'replace'; modification: unknown }) => unknown;
}

const library = (): Ldapts => toolPackage<Ldapts>('ldapts');

/** Runs work over a connection of its own that is signed in as somebody. */
export async function asSomebody<T>(
  url: string,
  { name, password }: { readonly name: string; readonly password: string },
  work: (client: LdapClient) => Promise<T>,
): Promise<T> {
  const client = new (library().Client)({ url, timeout: 20_000, connectTimeout: 5_000 });
  try {
    await client.bind(name, password);
    return await work(client);
  } finally {
    await client.unbind().catch(() => undefined);
  }
}

export function change(operation: 'add' | 'delete' | 'replace', type: string, value: string): unknown {
  const { Attribute, Change } = library();
  return new Change({ operation, modification: new Attribute({ type, values: [value] }) });
}

/** A value inside a filter (RFC 4515 3). Text only: ldapts does not carry escaped bytes above 127 to the server. */
export function escaped(value: string): string {
  return value.replace(/[\\*()\0]/g, (special) => `\\${special.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** The object of this name, or what Active Directory takes in a name's place; undefined when there is none. */
export async function objectAt(
  client: LdapClient,
  name: string,
  options: Omit<Parameters<LdapClient['search']>[1], 'scope' | 'paged'>,
): Promise<LdapEntry | undefined> {
  try {
    return (await client.search(name, { ...options, scope: 'base' })).searchEntries[0];
  } catch (error) {
    // noSuchObject (RFC 4511 4.1.9).
    if ((error as { code?: unknown }).code === 32) return undefined;
    throw error;
  }
}

export function textOf(entry: LdapEntry, name: string): string | undefined {
  const value = entry[name];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first !== '' ? first : undefined;
}

export function bytesOf(entry: LdapEntry, name: string): Buffer {
  const value = entry[name];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (!Buffer.isBuffer(first)) throw new Error(`${entry.dn} has no ${name}`);
  return first;
}
