import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Directory, DirectoryGroup, DirectoryUser, UserMatch } from './directory';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const core = 'urn:ietf:params:scim:schemas:core:2.0';
const maxRows = 100;

export interface FrontOptions {
  /** Two tokens, each with the system's own account behind it. */
  readonly reader: { readonly token: string; readonly directory: Directory };
  readonly writer: { readonly token: string; readonly directory: Directory };
  /** How it says that the system behind it cannot be asked. Absent: 503, as it should. */
  readonly outageStatus?: number;
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly scimType?: string,
  ) {
    super(scimType ?? String(status));
  }
}

/** The least of SCIM 2.0 that a company puts before a directory that does not speak HTTP. For tests only. */
export class ScimFront {
  readonly path = '/scim/v2';
  private readonly server: Server;

  private constructor(private readonly options: FrontOptions) {
    this.server = createServer((req, res) => void this.answer(req, res));
  }

  static async start(options: FrontOptions): Promise<ScimFront> {
    const front = new ScimFront(options);
    await new Promise<void>((resolve) => front.server.listen(0, '127.0.0.1', resolve));
    return front;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    let status = 200;
    let document: unknown;
    try {
      const body = await bodyOf(req);
      document = await this.route(req.method ?? '', new URL(req.url ?? '/', 'http://front'), body, this.caller(req));
      if (document === undefined) status = 204;
    } catch (error) {
      // Whatever is no refusal is an outage: never an empty list, and never the system's own words.
      const refusal = error instanceof Refusal ? error : new Refusal(this.options.outageStatus ?? 503);
      status = refusal.status;
      const { scimType } = refusal;
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
      document = { schemas, status: String(status), ...(scimType === undefined ? {} : { scimType }) };
    }
    res.writeHead(status, { 'content-type': 'application/scim+json' });
    res.end(document === undefined ? undefined : JSON.stringify(document));
  }

  private caller(req: IncomingMessage): { readonly directory: Directory; readonly mayWrite: boolean } {
    const { reader, writer } = this.options;
    if (req.headers.authorization === `Bearer ${reader.token}`) return { directory: reader.directory, mayWrite: false };
    if (req.headers.authorization === `Bearer ${writer.token}`) return { directory: writer.directory, mayWrite: true };
    throw new Refusal(401);
  }

  private async route(
    method: string,
    url: URL,
    body: string,
    { directory, mayWrite }: ReturnType<ScimFront['caller']>,
  ): Promise<unknown> {
    const [type, id, ...more] = url.pathname
      .slice(this.path.length + 1)
      .split('/')
      .map(decodeURIComponent);
    if (!url.pathname.startsWith(`${this.path}/`) || more.length > 0) throw new Refusal(404);
    if (method === 'PATCH' && type === 'Groups' && id !== undefined) {
      if (!mayWrite) throw new Refusal(403);
      return patch(directory, id, body);
    }
    if (method !== 'GET') throw new Refusal(501);
    switch (type) {
      case 'Schemas':
        return list(schemas, url);
      case 'Users':
        return id === undefined
          ? list((await directory.users(userMatch(url))).map(userResource), url)
          : userResource((await directory.user(id)) ?? notFound());
      case 'Groups':
        return id === undefined
          ? list(await groupRows(directory, url), url)
          : groupResource((await directory.group(id)) ?? notFound());
      default:
        throw new Refusal(404);
    }
  }
}

const schemas = [
  { id: `${core}:User`, attributes: [{ name: 'groups', multiValued: true, returned: 'default' }] },
  { id: `${core}:Group`, attributes: [{ name: 'members', multiValued: true, returned: 'default' }] },
];

function notFound(): never {
  throw new Refusal(404);
}

function list(rows: readonly unknown[], url: URL): unknown {
  const startIndex = Math.max(1, Number(url.searchParams.get('startIndex') ?? 1));
  const count = Math.min(maxRows, Math.max(0, Number(url.searchParams.get('count') ?? maxRows)));
  const page = rows.slice(startIndex - 1, startIndex - 1 + count);
  const named = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];
  return { schemas: named, totalResults: rows.length, startIndex, itemsPerPage: page.length, Resources: page };
}

function literal(text: string): string {
  return JSON.parse(text) as string;
}

const quoted = '("(?:[^"\\\\]|\\\\.)*")';
const userFilter = new RegExp(`^(userName|externalId|${enterprise}:employeeNumber) eq ${quoted}$`);
const memberFilter = new RegExp(`^id eq ${quoted} and members\\.value eq ${quoted}$`);

function userMatch(url: URL): UserMatch | undefined {
  const filter = url.searchParams.get('filter');
  if (filter === null) return undefined;
  const [, attribute, value] = userFilter.exec(filter) ?? [];
  // No external ids are kept here, and a filter that is not understood is not ignored.
  if (attribute === undefined || value === undefined || attribute === 'externalId')
    throw new Refusal(400, 'invalidFilter');
  return { attribute: attribute === 'userName' ? 'userName' : 'employeeNumber', value: literal(value) };
}

async function groupRows(directory: Directory, url: URL): Promise<readonly unknown[]> {
  const filter = url.searchParams.get('filter');
  if (filter === null)
    return (await directory.groups()).map(({ id, name }) => ({ schemas: [`${core}:Group`], id, displayName: name }));
  const [, id, memberId] = memberFilter.exec(filter) ?? [];
  if (id === undefined || memberId === undefined) throw new Refusal(400, 'invalidFilter');
  const group = await directory.group(literal(id));
  return group?.members.some((member) => member.id === literal(memberId)) === true ? [groupResource(group)] : [];
}

function userResource({ id, login, name, active, employeeNumber, groups }: DirectoryUser): unknown {
  return {
    schemas: [`${core}:User`, ...(employeeNumber === undefined ? [] : [enterprise])],
    id,
    userName: login,
    displayName: name,
    active,
    groups: groups.map((group) => ({ value: group.id, display: group.name, type: group.type })),
    ...(employeeNumber === undefined ? {} : { [enterprise]: { employeeNumber } }),
  };
}

function groupResource({ id, name, members }: DirectoryGroup): unknown {
  return {
    schemas: [`${core}:Group`],
    id,
    displayName: name,
    members: members.map((member) => ({ value: member.id, type: member.type })),
  };
}

async function patch(directory: Directory, groupId: string, body: string): Promise<undefined> {
  const { Operations } = JSON.parse(body) as {
    Operations: ReadonlyArray<{ op: string; path?: string; value?: ReadonlyArray<{ value: string }> }>;
  };
  for (const { op, path = '', value = [] } of Operations) {
    const [, memberId] = new RegExp(`^members\\[value eq ${quoted}\\]$`).exec(path) ?? [];
    if (op === 'add' && path === 'members') for (const member of value) await directory.put(groupId, member.value);
    else if (op === 'remove' && memberId !== undefined) await directory.take(groupId, literal(memberId));
    else throw new Refusal(400, 'invalidPath');
  }
  return undefined;
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
