import type {
  Faults,
  JiraSite,
  ProductEvent,
  SearchAlias,
  SiteResponse,
  WorkflowRuleModule,
} from '../../../sandbox/contracts';
import { createJiraSite } from '../../../sandbox/jira/site';
import { people } from '../../../sandbox/seed/company';
import { memoryStore } from '../../../sandbox/store';

/** The body of an answer, read as freely as a script would read it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests assert on the shape instead of declaring it
export type Json = any;

export const desk = {
  targetSystem: 'customfield_10101',
  entitlement: 'customfield_10102',
  beneficiary: 'customfield_10103',
  accessStart: 'customfield_10105',
  accessEnd: 'customfield_10106',
  accessDuration: 'customfield_10107',
  justification: 'customfield_10108',
  approvers: 'customfield_10109',
  requestType: 'customfield_10010',
  participants: 'customfield_10034',
  approvals: 'customfield_10035',
} as const;

export const accountOf = (key: string): string => {
  const person = people.find((candidate) => candidate.key === key);
  if (person === undefined) throw new Error(`nobody is called ${key}`);
  return person.accountId;
};

type Verdict = { result: boolean; errorMessage?: string };
type Body = Record<string, Json>;

/** A site with an app that can be told what to answer, and everything the site published. */
export class World {
  now = Date.parse('2026-11-23T09:00:00Z');
  faults: Faults = {};
  readonly events: ProductEvent[] = [];
  readonly validatorCalls: Array<{ module: string; payload: Record<string, Json> }> = [];
  readonly verdicts: Record<string, Verdict | ((payload: Json) => Promise<Verdict>)> = {};
  readonly rules: Record<string, WorkflowRuleModule> = {
    'approval-gate': { kind: 'validator', key: 'approval-gate', function: 'fn-approval-gate' },
    'verification-gate': { kind: 'validator', key: 'verification-gate', function: 'fn-verification-gate' },
    'cancel-gate': { kind: 'validator', key: 'cancel-gate', function: 'fn-cancel-gate' },
    'gate-guard': {
      kind: 'validator',
      key: 'gate-guard',
      expression: "issue.properties['proofgate'] != null && issue.properties['proofgate'].governed == true",
      errorMessage: 'Proofgate has not registered this request yet.',
    },
    'approved-condition': {
      kind: 'condition',
      key: 'approved-condition',
      expression: "issue.properties['proofgate'] == null || issue.properties['proofgate'].approved != false",
    },
  };
  aliases: SearchAlias[] = [
    { propertyKey: 'proofgate', path: 'state', type: 'string', searchAlias: 'accessState' },
    { propertyKey: 'proofgate', path: 'dueAt', type: 'date', searchAlias: 'accessDue' },
  ];
  readonly store = memoryStore();
  readonly site: JiraSite;

  constructor() {
    this.site = createJiraSite({
      store: this.store,
      clock: { now: () => this.now },
      rng: { next: () => 0.5, uuid: () => '00000000-0000-4000-8000-000000000000' },
      hooks: {
        workflowRule: (key) => this.rules[key],
        runValidator: async (module, payload) => {
          this.validatorCalls.push({ module, payload });
          const verdict = this.verdicts[module] ?? { result: true };
          return typeof verdict === 'function' ? verdict(payload) : verdict;
        },
        publish: (event) => void this.events.push(event),
        searchAliases: () => this.aliases,
      },
      faults: () => this.faults,
      baseUrl: () => 'http://localhost:8080',
    });
  }

  /** `who` is a person's key, `app`, or `nobody`. */
  call(who: string, route: string, body?: unknown): Promise<SiteResponse & { body: Json }> {
    const [method, path] = route.split(/ (.*)/s) as [string, string];
    const actor =
      who === 'app'
        ? { kind: 'app' as const }
        : who === 'nobody'
          ? { kind: 'anonymous' as const }
          : { kind: 'user' as const, accountId: accountOf(who) };
    this.now += 1000;
    return this.site.handle({
      method,
      path,
      headers: {},
      actor,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }) as Promise<SiteResponse & { body: Json }>;
  }

  async ok(who: string, route: string, body?: unknown): Promise<Json> {
    const answer = await this.call(who, route, body);
    if (answer.status >= 300)
      throw new Error(`${who}: ${route} answered ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async request(fields: Body = {}, who = 'rita', extra: Body = {}): Promise<string> {
    const body = await this.ok(who, 'POST /rest/servicedeskapi/request', {
      serviceDeskId: '1',
      requestTypeId: '11',
      requestFieldValues: {
        summary: 'Read the ledgers',
        [desk.targetSystem]: 'SCIM directory',
        [desk.entitlement]: 'Finance Readers',
        ...fields,
      },
      ...extra,
    });
    return body.issueKey as string;
  }

  transition(who: string, key: string, name: string, extra: Body = {}): Promise<SiteResponse & { body: Json }> {
    const id = this.site.describe().transitions[name];
    return this.call(who, `POST /rest/api/3/issue/${key}/transitions`, { transition: { id }, ...extra });
  }

  async must(who: string, key: string, name: string): Promise<void> {
    const answer = await this.transition(who, key, name);
    if (answer.status !== 204) throw new Error(`${name} answered ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  async status(key: string): Promise<string> {
    const issue = await this.ok('app', `GET /rest/api/3/issue/${key}?fields=status`);
    return issue.fields.status.name as string;
  }

  async transitionNames(who: string, key: string): Promise<string[]> {
    const body = await this.ok(who, `GET /rest/api/3/issue/${key}/transitions`);
    return body.transitions.map((transition: { name: string }) => transition.name);
  }

  /** A request that waits for the named approvers. */
  async waiting(...approvers: string[]): Promise<string> {
    const key = await this.request();
    await this.ok('app', `PUT /rest/api/3/issue/${key}`, {
      fields: { [desk.approvers]: approvers.map((who) => ({ accountId: accountOf(who) })) },
    });
    await this.must('app', key, 'Ask approval');
    return key;
  }

  async approvals(who: string, key: string): Promise<Json[]> {
    const body = await this.ok(who, `GET /rest/servicedeskapi/request/${key}/approval`);
    return body.values;
  }

  answer(
    who: string,
    key: string,
    id: string,
    decision: 'approve' | 'decline',
  ): Promise<SiteResponse & { body: Json }> {
    return this.call(who, `POST /rest/servicedeskapi/request/${key}/approval/${id}`, { decision });
  }

  /** A governed request in progress. */
  async inProgress(): Promise<string> {
    const key = await this.request();
    await this.ok('app', `PUT /rest/api/3/issue/${key}/properties/proofgate`, { governed: true, approved: true });
    await this.must('app', key, 'Start');
    return key;
  }
}
