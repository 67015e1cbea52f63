import type { TargetHarness } from './target-contract';

/** What an administrator does in Keystone, beyond what every target knows. */
export interface KeystoneAdministrator {
  readonly basics: TargetHarness['administrator'];
  /** A project of this name, by id. */
  project(name: string): Promise<string>;
  /** A role's id by name, made when there is none. */
  role(name: string, domainId?: string): Promise<string>;
  /** PUT or DELETE on a path under `/v3`, for grants. */
  change(method: 'PUT' | 'DELETE', path: string): Promise<void>;
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
}

/** Works over the API itself, so that the real server and the one of the sandbox are administered alike. */
export function keystoneAdministrator(baseUrl: string, token: () => string): KeystoneAdministrator {
  const call: KeystoneAdministrator['call'] = async (method, path, body) => {
    const answer = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { 'x-auth-token': token(), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return { status: answer.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
  const made = async (path: string, member: string, body: Record<string, unknown>): Promise<string> => {
    const answer = await call('POST', path, { [member]: body });
    return (answer.body as Record<string, { id: string }>)[member]?.id ?? '';
  };
  const listed = async (path: string, member: string): Promise<Array<{ id: string; name: string }>> =>
    ((await call('GET', path)).body as Record<string, Array<{ id: string; name: string }>>)[member] ?? [];
  // Contract ids are the app's: `group:{id}`.
  const groupId = (entitlementId: string): string => entitlementId.replace(/^group:/, '');
  return {
    basics: {
      person: (name) => made('/users', 'user', { name, domain_id: 'default', password: 'Sandbox-1234' }),
      switchOff: async (id) => void (await call('PATCH', `/users/${id}`, { user: { enabled: false } })),
      remove: async (id) => void (await call('DELETE', `/users/${id}`)),
      group: async (name) => `group:${await made('/groups', 'group', { name, domain_id: 'default' })}`,
      put: async (id, user) => void (await call('PUT', `/groups/${groupId(id)}/users/${user}`)),
      take: async (id, user) => void (await call('DELETE', `/groups/${groupId(id)}/users/${user}`)),
      members: async (id) => (await listed(`/groups/${groupId(id)}/users`, 'users')).map((user) => user.id),
    },
    project: (name) => made('/projects', 'project', { name, domain_id: 'default' }),
    role: async (name, domainId) => {
      const known = await listed(domainId === undefined ? '/roles' : `/roles?domain_id=${domainId}`, 'roles');
      const role = known.find((each) => each.name === name);
      return role?.id ?? made('/roles', 'role', { name, ...(domainId === undefined ? {} : { domain_id: domainId }) });
    },
    change: async (method, path) => void (await call(method, path)),
    call,
  };
}
