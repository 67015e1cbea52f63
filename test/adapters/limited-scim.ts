import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Person {
  id: string;
  userName: string;
  externalId?: string;
  active: boolean;
}

interface GroupRow {
  id: string;
  displayName: string;
  members: string[];
}

const pageSize = 4;

/**
 * The least that may call itself SCIM, as several products do: filters know one `eq` on a few attributes, members have
 * no type, users do not show their groups, there are no schemas, and a page has four rows whatever is asked for.
 */
export class LimitedScim {
  readonly token = 'canary-limited-secret-9f27';
  readonly people = new Map<string, Person>();
  readonly groups = new Map<string, GroupRow>();
  private readonly server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => this.answer(req, Buffer.concat(chunks).toString('utf8'), res));
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private answer(req: IncomingMessage, body: string, res: ServerResponse): void {
    const say = (status: number, document?: unknown) => {
      res.writeHead(status, { 'content-type': 'application/json;charset=utf-8' });
      res.end(document === undefined ? undefined : JSON.stringify(document));
    };
    if (req.headers.authorization !== `Bearer ${this.token}`) return say(401, { detail: 'no' });
    const url = new URL(req.url ?? '/', 'http://loopback');
    const [type, id, ...more] = url.pathname.replace('/limited/scim/', '').split('/').map(decodeURIComponent);
    const table = type === 'Users' ? this.people : type === 'Groups' ? this.groups : undefined;
    if (!table || more.length > 0) return say(404, { detail: 'no such thing' });
    if (id === undefined) {
      const rows = filtered([...table.values()], url.searchParams.get('filter'));
      if (!rows) return say(400, { scimType: 'invalidFilter', detail: 'not supported' });
      const startIndex = Number(url.searchParams.get('startIndex') ?? 1);
      const count = Math.min(pageSize, Number(url.searchParams.get('count') ?? pageSize));
      const page = rows.slice(startIndex - 1, startIndex - 1 + count);
      return say(200, { totalResults: rows.length, startIndex, itemsPerPage: page.length, Resources: page.map(shown) });
    }
    const row = table.get(id);
    if (!row) return say(404, { detail: 'not found' });
    if (req.method === 'PATCH') return 'members' in row ? patch(row, body, say) : say(501);
    return say(200, shown(row));
  }
}

function shown(row: Person | GroupRow): unknown {
  return 'members' in row ? { ...row, members: row.members.map((value) => ({ value })) } : row;
}

function filtered<T extends object>(rows: T[], filter: string | null): T[] | undefined {
  if (filter === null) return rows;
  const match = /^(id|userName|externalId) eq ("(?:[^"\\]|\\.)*")$/.exec(filter);
  if (!match) return undefined;
  const wanted = JSON.parse(match[2] ?? '""') as string;
  return rows.filter((row) => (row as Record<string, unknown>)[match[1] ?? ''] === wanted);
}

function patch(row: GroupRow, body: string, say: (status: number, document?: unknown) => void): void {
  const { Operations } = JSON.parse(body) as {
    Operations: Array<{ op: string; path: string; value?: Array<{ value: string }> }>;
  };
  for (const { op, path, value } of Operations) {
    const selected = /^members\[value eq ("(?:[^"\\]|\\.)*")\]$/.exec(path);
    if (op === 'add' && path === 'members')
      row.members = [...new Set([...row.members, ...(value ?? []).map((v) => v.value)])];
    else if (op === 'remove' && selected)
      row.members = row.members.filter((member) => member !== JSON.parse(selected[1] ?? '""'));
    // What the standard says about a path without a selection, and why the connector must never send one.
    else if (op === 'remove' && path === 'members') row.members = [];
    else return say(400, { scimType: 'invalidPath' });
  }
  say(204);
}
