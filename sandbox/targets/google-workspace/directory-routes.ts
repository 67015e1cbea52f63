import { scopes as known } from './service-account-tokens';
import type { WorkspaceDirectory, WorkspaceGroup, WorkspaceUser } from './workspace-directory';

interface DirectoryRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly scopes: readonly string[] | undefined;
  readonly body?: unknown;
}

interface DirectoryAnswer {
  readonly status: number;
  readonly body?: unknown;
}

class DirectoryRefusal extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

const api = '/admin/directory/v1';
const reads = { users: [known.people], groups: [known.groups], members: [known.groups, known.members] };

/** The part of the Directory API v1 that has to do with access. */
export class DirectoryRoutes {
  constructor(private readonly directory: WorkspaceDirectory) {}

  answer(request: DirectoryRequest): DirectoryAnswer {
    try {
      if (!request.scopes) throw new DirectoryRefusal(401, 'authError', 'Invalid Credentials');
      return this.route(request, request.scopes);
    } catch (error) {
      if (!(error instanceof DirectoryRefusal)) throw error;
      const { status, reason, message } = error;
      return { status, body: { error: { code: status, message, errors: [{ message, domain: 'global', reason }] } } };
    }
  }

  private route({ method, path, query, body }: DirectoryRequest, scopes: readonly string[]): DirectoryAnswer {
    if (!path.startsWith(`${api}/`)) throw new DirectoryRefusal(404, 'notFound', 'Not Found');
    const [collection, key, part, member, more] = path
      .slice(api.length + 1)
      .split('/')
      .map(decodeURIComponent);
    const need = (anyOf: readonly string[]): void => {
      if (!anyOf.some((scope) => scopes.includes(scope)))
        throw new DirectoryRefusal(403, 'insufficientPermissions', 'Insufficient Permission');
    };
    const route = [method, collection, ...(part === undefined ? [] : [part])].join(' ');
    if (more !== undefined) throw new DirectoryRefusal(404, 'notFound', 'Not Found');
    if (route === 'GET users') {
      need(reads.users);
      return key === undefined ? this.users(query) : { status: 200, body: userView(this.user(key)) };
    }
    if (route === 'GET groups') {
      need(reads.groups);
      return key === undefined ? this.groups(query) : { status: 200, body: groupView(this.group(key)) };
    }
    const group = this.group(key ?? '');
    if (route === 'GET groups hasMember' && member !== undefined) {
      need(reads.members);
      const user = this.user(member);
      return { status: 200, body: { isMember: this.directory.inside(group.id).some(({ id }) => id === user.id) } };
    }
    if (route === 'GET groups members') {
      need(reads.members);
      if (member === undefined) return this.members(group, query);
      const found = group.members.find(({ id }) => id === member || this.directory.user(member)?.id === id);
      if (!found) throw new DirectoryRefusal(404, 'notFound', `Resource Not Found: memberKey`);
      return { status: 200, body: this.memberView(found) };
    }
    if (route === 'POST groups members') {
      need([known.members]);
      const { email = '', role = 'MEMBER' } = (body ?? {}) as { email?: string; role?: string };
      const added = this.directory.user(email) ?? this.directory.group(email);
      if (!added) throw new DirectoryRefusal(404, 'notFound', 'Resource Not Found: memberKey');
      if (group.members.some(({ id }) => id === added.id))
        throw new DirectoryRefusal(409, 'duplicate', 'Member already exists.');
      this.directory.put(group.id, added.id, role);
      return { status: 200, body: this.memberView({ id: added.id, role }) };
    }
    if (route === 'DELETE groups members' && member !== undefined) {
      need([known.members]);
      if (!group.members.some(({ id }) => id === member))
        throw new DirectoryRefusal(404, 'notFound', 'Resource Not Found: memberKey');
      this.directory.take(group.id, member);
      return { status: 204 };
    }
    throw new DirectoryRefusal(404, 'notFound', 'Not Found');
  }

  private users(query: URLSearchParams): DirectoryAnswer {
    if (!query.has('customer')) throw new DirectoryRefusal(400, 'badRequest', 'Bad Request');
    const search = query.get('query');
    const found = this.directory.allUsers().filter((user) => search === null || searched(user, search));
    return paged('users', found.map(userView), query, 100, 500);
  }

  private groups(query: URLSearchParams): DirectoryAnswer {
    const key = query.get('userKey');
    if (key === null && !query.has('customer')) throw new DirectoryRefusal(400, 'badRequest', 'Bad Request');
    const all = this.directory.allGroups();
    const memberId = key === null ? undefined : (this.directory.group(key) ?? this.user(key)).id;
    const found = memberId === undefined ? all : all.filter(({ members }) => members.some(({ id }) => id === memberId));
    return paged('groups', found.map(groupView), query, 200, 200);
  }

  private members(group: WorkspaceGroup, query: URLSearchParams): DirectoryAnswer {
    const derived = query.get('includeDerivedMembership') === 'true';
    const found = derived ? this.directory.inside(group.id) : group.members;
    return paged(
      'members',
      found.map((member) => this.memberView(member)),
      query,
      200,
      200,
    );
  }

  private user(key: string): WorkspaceUser {
    const user = this.directory.user(key);
    if (!user) throw new DirectoryRefusal(404, 'notFound', 'Resource Not Found: userKey');
    return user;
  }

  private group(key: string): WorkspaceGroup {
    const group = this.directory.group(key);
    if (!group) throw new DirectoryRefusal(404, 'notFound', 'Resource Not Found: groupKey');
    return group;
  }

  private memberView({ id, role }: { id: string; role: string }) {
    const group = this.directory.groups.get(id);
    const user = this.directory.users.get(id);
    return {
      kind: 'admin#directory#member',
      etag: '"etag"',
      id,
      email: group?.email ?? user?.primaryEmail ?? '',
      role,
      type: group ? 'GROUP' : 'USER',
      ...(user ? { status: user.suspended ? 'SUSPENDED' : 'ACTIVE' } : {}),
    };
  }
}

/** `field='value'` with quotes and backslashes escaped; anything else is refused. */
function searched(user: WorkspaceUser, search: string): boolean {
  const [, field, value] = /^(externalId|email)='((?:[^'\\]|\\['\\])*)'$/u.exec(search) ?? [];
  if (value === undefined) throw new DirectoryRefusal(400, 'invalid', 'Invalid Input: query');
  const wanted = value.replace(/\\(['\\])/g, '$1');
  if (field === 'externalId') return (user.externalIds ?? []).some((each) => each.value === wanted);
  return [user.primaryEmail, ...(user.aliases ?? [])].some((each) => each.toLowerCase() === wanted.toLowerCase());
}

function userView(user: WorkspaceUser) {
  return { kind: 'admin#directory#user', etag: '"etag"', ...user };
}

function groupView({ members, ...group }: WorkspaceGroup) {
  return { kind: 'admin#directory#group', etag: '"etag"', ...group, directMembersCount: String(members.length) };
}

/** One page; Google leaves an empty list out altogether. */
function paged(
  name: string,
  rows: readonly unknown[],
  query: URLSearchParams,
  usual: number,
  most: number,
): DirectoryAnswer {
  const start = Number(query.get('pageToken') ?? '0');
  const size = Math.min(Number(query.get('maxResults') ?? usual), most);
  const page = rows.slice(start, start + size);
  return {
    status: 200,
    body: {
      kind: `admin#directory#${name}`,
      etag: '"etag"',
      ...(page.length === 0 ? {} : { [name]: page }),
      ...(start + size < rows.length ? { nextPageToken: String(start + size) } : {}),
    },
  };
}
