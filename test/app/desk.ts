/** The seeded company's desk in memory, driven as people drive it: through Jira, JSM, the SCIM server and the app's screens. */
import { verifyExport } from '../../src/domain/audit/verify-export';
import type { RequestView } from '../../src/contract/request-view';
import { createWorld, type RestAnswer, type World, type WorldOptions } from '../../sandbox/world';
import { seedApp, seededConnectors } from '../../sandbox/seed/app-config';

export type PersonKey = 'rita' | 'mark' | 'olga' | 'amir' | 'ana' | 'adele' | 'gus' | 'pam';

export interface Asking {
  type?: 'Request access' | 'Change access' | 'Remove access';
  as?: PersonKey;
  target?: string;
  entitlement?: string;
  beneficiary?: PersonKey;
  serviceAccount?: string;
  start?: string;
  end?: string;
  duration?: string;
  justification?: string;
}

export const start = '2026-11-23T09:00:00.000Z';

export async function openDesk(
  options: Pick<WorldOptions, 'seed' | 'store' | 'moreTargets' | 'app'> = {},
): Promise<Desk> {
  const world = await createWorld({
    functions: 'in-process',
    clock: { kind: 'manual', start },
    onFirstStart: seedApp,
    connectors: seededConnectors,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.store === undefined ? {} : { store: options.store }),
    ...(options.moreTargets === undefined ? {} : { moreTargets: options.moreTargets }),
    ...(options.app === undefined ? {} : { app: options.app }),
  });
  const state = await world.state();
  return new Desk(world, state);
}

export class Desk {
  private readonly answers: string[] = [];

  constructor(
    readonly world: World,
    readonly state: Awaited<ReturnType<World['state']>>,
  ) {}

  email(person: PersonKey): string {
    return `${person}@acme.test`;
  }

  accountId(person: PersonKey): string {
    return this.state.people[person]?.accountId ?? '';
  }

  as(person: PersonKey) {
    return this.world.as(this.email(person));
  }

  field(name: string): string {
    const id = this.state.fields[name];
    if (!id) throw new Error(`no field ${name}`);
    return id;
  }

  /** Raises a request in the portal and lets everything that follows happen. Answers its key. */
  async ask(asking: Asking = {}): Promise<string> {
    const answer = await this.raise(asking);
    if (answer.status !== 201) throw new Error(`create: ${answer.status} ${JSON.stringify(answer.body)}`);
    await this.world.settle();
    return (answer.body as { issueKey: string }).issueKey;
  }

  raise(asking: Asking): Promise<RestAnswer> {
    const entitlement = asking.entitlement ?? 'Finance Approvers';
    const values: Record<string, unknown> = {
      summary: `${entitlement} please`,
      [this.field('Target system')]: asking.target ?? 'SCIM directory',
      [this.field('Entitlement')]: entitlement,
      [this.field('Justification')]: asking.justification ?? 'Quarter close',
    };
    if (asking.beneficiary) values[this.field('Beneficiary')] = { accountId: this.accountId(asking.beneficiary) };
    if (asking.serviceAccount !== undefined) values[this.field('Service account')] = asking.serviceAccount;
    if (asking.start !== undefined) values[this.field('Access start')] = asking.start;
    if (asking.end !== undefined) values[this.field('Access end')] = asking.end;
    if (asking.duration !== undefined) values[this.field('Access duration')] = asking.duration;
    return this.as(asking.as ?? 'rita').post('/rest/servicedeskapi/request', {
      serviceDeskId: this.state.project.serviceDeskId,
      requestTypeId: this.state.requestTypes[asking.type ?? 'Request access'],
      requestFieldValues: values,
    });
  }

  async status(key: string): Promise<string> {
    const answer = await this.as('amir').get(`/rest/api/3/issue/${key}?fields=status`);
    return (answer.body as { fields: { status: { name: string } } }).fields.status.name;
  }

  /** Fires a transition as an agent; when it is not on offer the answer says so. */
  async move(
    key: string,
    name: string,
    person: PersonKey = 'amir',
    fields?: Record<string, unknown>,
  ): Promise<{ status: number; text: string; offered: boolean }> {
    const offered = await this.as(person).get(`/rest/api/3/issue/${key}/transitions`);
    const transition = (offered.body as { transitions: Array<{ id: string; name: string }> }).transitions.find(
      (t) => t.name === name,
    );
    const id = transition?.id ?? this.state.transitions[name];
    const answer = await this.as(person).post(`/rest/api/3/issue/${key}/transitions`, {
      transition: { id },
      ...(fields ? { fields } : {}),
    });
    await this.world.settle();
    return { status: answer.status, text: JSON.stringify(answer.body ?? ''), offered: transition !== undefined };
  }

  async approvals(
    key: string,
    person: PersonKey,
  ): Promise<Array<{ id: string; finalDecision: string; canAnswerApproval: boolean }>> {
    const answer = await this.as(person).get(`/rest/servicedeskapi/request/${key}/approval`);
    return (answer.body as { values?: [] }).values ?? [];
  }

  /** Answers the open JSM approval as a person. */
  async answer(key: string, person: PersonKey, decision: 'approve' | 'decline' = 'approve'): Promise<number> {
    // Newest first: an approval that the issue left behind stays pending for ever.
    const pending = (await this.approvals(key, person))
      .reverse()
      .find((approval) => approval.finalDecision === 'pending');
    const id = pending?.id ?? '1';
    const answer = await this.as(person).post(`/rest/servicedeskapi/request/${key}/approval/${id}`, { decision });
    await this.world.settle();
    return answer.status;
  }

  async invoke(person: PersonKey, module: string, name: string, issue: string | undefined, payload: unknown = {}) {
    const answer = await this.world.invoke({
      as: this.email(person),
      module,
      function: name,
      payload,
      ...(issue ? { issue } : {}),
    });
    await this.world.settle();
    this.answers.push(JSON.stringify(answer));
    return answer;
  }

  async view(key: string, person: PersonKey = 'amir'): Promise<RequestView> {
    const answer = await this.invoke(person, 'access-panel', 'getRequest', key);
    if (!answer.ok) throw new Error(answer.error);
    return answer.result as RequestView;
  }

  async verify(key: string, person: PersonKey = 'amir'): Promise<RequestView> {
    const answer = await this.invoke(person, 'access-panel', 'verifyNow', key);
    if (!answer.ok) throw new Error(answer.error);
    return answer.result as RequestView;
  }

  edit(key: string, fields: Record<string, unknown>, person: PersonKey = 'amir'): Promise<RestAnswer> {
    return this.as(person).put(`/rest/api/3/issue/${key}`, {
      fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [this.field(name), value])),
    });
  }

  private async scim(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const target = this.world.target('SCIM directory');
    const answer = await fetch(`${target.baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${target.token}`, 'content-type': 'application/scim+json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : {} };
  }

  private async idOf(resource: 'Users' | 'Groups', filter: string): Promise<string> {
    const { body } = await this.scim('GET', `/${resource}?filter=${encodeURIComponent(filter)}`);
    const [found] = (body as { Resources: Array<{ id: string }> }).Resources;
    if (!found) throw new Error(`no ${resource} with ${filter}`);
    return found.id;
  }

  userId(login: string): Promise<string> {
    return this.idOf('Users', `userName eq "${login}"`);
  }

  groupId(name: string): Promise<string> {
    return this.idOf('Groups', `displayName eq "${name}"`);
  }

  /** Adds a member by hand in the target, as its administrator. */
  async addMember(group: string, login: string): Promise<void> {
    const [gid, uid] = [await this.groupId(group), await this.userId(login)];
    await this.patchGroup(gid, [{ op: 'add', path: 'members', value: [{ value: uid }] }]);
  }

  async removeMember(group: string, login: string): Promise<void> {
    const [gid, uid] = [await this.groupId(group), await this.userId(login)];
    await this.patchGroup(gid, [{ op: 'remove', path: `members[value eq "${uid}"]` }]);
  }

  /** Deactivates a person in the target, as its administrator. */
  async deactivateInDirectory(login: string): Promise<void> {
    await this.scim('PATCH', `/Users/${await this.userId(login)}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'active', value: false }],
    });
  }

  async nestGroup(outer: string, inner: string): Promise<void> {
    const [gid, iid] = [await this.groupId(outer), await this.groupId(inner)];
    await this.patchGroup(gid, [{ op: 'add', path: 'members', value: [{ value: iid, type: 'Group' }] }]);
  }

  async createGroup(name: string): Promise<void> {
    await this.scim('POST', '/Groups', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: name });
  }

  private async patchGroup(id: string, operations: unknown[]): Promise<void> {
    const { status, body } = await this.scim('PATCH', `/Groups/${id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: operations,
    });
    if (status >= 300) throw new Error(`scim: ${status} ${JSON.stringify(body)}`);
  }

  async setUserActive(login: string, active: boolean): Promise<void> {
    const id = await this.userId(login);
    await this.scim('PATCH', `/Users/${id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'active', value: active }],
    });
  }

  /** The audit entries of a request, oldest first. */
  async audit(
    key: string,
  ): Promise<
    Array<{ kind: string; seq: number; actor: string; facts: Array<Record<string, unknown> & { fact: string }> }>
  > {
    const issue = await this.as('amir').get(`/rest/api/3/issue/${key}?fields=status`);
    const id = (issue.body as { id: string }).id;
    const lines = (await this.world.exportAudit()).trim().split('\n');
    return lines
      .map((line) => JSON.parse(line) as { chain?: string; kind: string; seq: number; actor: string; facts: [] })
      .filter((entry) => entry.chain === `request:${id}`);
  }

  async facts(key: string): Promise<string[]> {
    return (await this.audit(key)).flatMap((entry) => entry.facts.map((fact) => fact.fact));
  }

  /**
   * Ends the desk and, with it, every test: whatever was done, the audit chains must be whole (A1, A2), the export must
   * verify (A3), and no secret may stand in it or in what the app answered (S1).
   */
  async close(): Promise<void> {
    this.world.faults({});
    await this.world.settle();
    const exported = await this.world.exportAudit();
    await this.world.close();
    expect(verifyExport(exported)).toMatchObject({ ok: true });
    const { token } = this.world.target('SCIM directory');
    expect(exported).not.toContain(token);
    expect(this.answers.join('\n')).not.toContain(token);
  }
}
