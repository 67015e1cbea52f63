import type { Administrator, Nesting } from './real-target';

interface Resource {
  readonly id: string;
  readonly members?: ReadonlyArray<{ readonly value: string }>;
}

/** Whoever may do everything in a SCIM server, over its own interface and past the connector. */
export class ScimAdministrator implements Administrator {
  constructor(
    private readonly baseUrl: () => string,
    private readonly token: string,
    readonly nesting?: Nesting,
  ) {}

  /** An administrator of a server that knows groups in groups. */
  static ofNestingServer(baseUrl: () => string, token: string): ScimAdministrator {
    const flat = new ScimAdministrator(baseUrl, token);
    return new ScimAdministrator(baseUrl, token, {
      nest: (outer, inner) => flat.put(outer, inner),
      unnest: (outer, inner) => flat.take(outer, inner),
    });
  }

  async person(userName: string): Promise<string> {
    const emails = [{ value: userName, primary: true }];
    const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName, emails, active: true };
    return (await this.call('POST', '/Users', body)).id;
  }

  async entitlement(displayName: string): Promise<string> {
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
    return (await this.call('POST', '/Groups', { schemas, displayName, members: [] })).id;
  }

  put(groupId: string, value: string): Promise<void> {
    return this.patch(groupId, { op: 'add', path: 'members', value: [{ value }] });
  }

  take(groupId: string, value: string): Promise<void> {
    return this.patch(groupId, { op: 'remove', path: `members[value eq "${value}"]` });
  }

  async holds(groupId: string, accountId: string): Promise<boolean> {
    const group = await this.call('GET', `/Groups/${groupId}`);
    return (group.members ?? []).some(({ value }) => value === accountId);
  }

  private async patch(groupId: string, operation: object): Promise<void> {
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
    await this.call('PATCH', `/Groups/${groupId}`, { schemas, Operations: [operation] });
  }

  private async call(method: string, path: string, body?: unknown): Promise<Resource> {
    const answer = await fetch(`${this.baseUrl()}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/scim+json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === '' ? { id: '' } : JSON.parse(text)) as Resource;
  }
}
