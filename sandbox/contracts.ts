/**
 * What the parts of the sandbox promise each other. `platform/` plays Forge, `jira/` plays Jira and Jira Service
 * Management, `scim/` is a real SCIM 2.0 server; `world.ts` joins them. Parts import this file and never each other.
 */

export interface EntriesOptions {
  prefix?: string;
  from?: string;
  to?: string;
  reverse?: boolean;
  limit?: number;
}

/** A named, key-ordered table of JSON values. Reads return copies: changing a result never changes the table. */
export interface Table<T> {
  get(key: string): T | undefined;
  put(key: string, value: T): void;
  remove(key: string): boolean;
  /**
   * Entries in key order. `prefix` restricts to keys that start with it, `from` and `to` to keys in that inclusive
   * range; `reverse` walks from the end.
   */
  entries(options?: EntriesOptions): Array<[string, T]>;
}

/**
 * The embedded store. All writes made inside `transaction` become durable together or not at all; a write outside one
 * is its own transaction. Synchronous, so that one request to the sandbox is one atomic step.
 */
export interface Store {
  table<T>(name: string): Table<T>;
  transaction<T>(work: () => T): T;
  close(): Promise<void>;
}

/** Time of the sandbox: starts at the real time, runs at wall speed, persists, never goes back. Epoch milliseconds. */
export interface Clock {
  now(): number;
}

/** Seeded randomness and ids, so that a run can be repeated. */
export interface Rng {
  /** In [0, 1). */
  next(): number;
  uuid(): string;
}

/** Who makes a REST call. `app` is the app's own account; `user` may come from Basic auth or from `asUser`. */
export type Actor = { kind: 'app' } | { kind: 'user'; accountId: string } | { kind: 'anonymous' };

export interface SiteRequest {
  method: string;
  /** Path with query string, as the caller wrote it: `/rest/api/3/issue/ACC-1?fields=summary`. */
  path: string;
  headers: Record<string, string>;
  /** Raw text; the site parses it. */
  body?: string | undefined;
  actor: Actor;
}

export interface SiteResponse {
  status: number;
  headers: Record<string, string>;
  /** JSON value; absent for 204 and the like. */
  body?: unknown;
  /** Core objects returned, for Jira's points: 1 per request + 1 per object (2 per identity object). */
  objects?: number;
}

/** What an OAuth caller needs for an operation: any one of these classic scopes. Empty: none needed. */
export interface ScopeRule {
  operation: string;
  scopes: readonly string[];
}

/** Jira and JSM as the rest of the sandbox sees them. */
export interface JiraSite {
  handle(request: SiteRequest): Promise<SiteResponse>;
  /** The scopes an app needs for the call, or undefined when the operation is not modelled (answered 501). */
  scopeRule(method: string, path: string): ScopeRule | undefined;
  /** The person behind Basic credentials `email:sandbox`, or undefined. */
  authenticate(email: string, password: string): Actor | undefined;
  /** Maps a status without a transition, as bulk move does: no conditions, validators or post functions; history and event yes. */
  moveIssue(issueKey: string, statusName: string): void;
  /** What an administrator does outside of every rule. */
  administration: SiteAdministration;
  /** Ids and names for GET /sandbox/state: people, project, requestTypes, fields, statuses, transitions. */
  describe(): SiteDescription;
  /** The account of the app itself. */
  appAccountId: string;
  /** Deactivates or reactivates a person's account, as a site administrator would. */
  setActive?(accountId: string, active: boolean): void;
}

/**
 * An administrator's tools. People are named by key (`rita`), e-mail or account id; what cannot be done throws with a
 * message for the caller.
 */
export interface SiteAdministration {
  /** A bulk move: another status without a transition. History and event, nothing else. */
  move(issueKey: string, status: string): void;
  /** Nobody finds or reads the issue any more, until it is restored. No event. */
  archive(issueKey: string): void;
  restore(issueKey: string): void;
  /** Another type inside the project, by name or id: either an issue type, or a request type with its issue type. */
  retype(issueKey: string, wanted: { issueType?: string | undefined; requestType?: string | undefined }): void;
  /** Jira's Move: the same issue under a new key in the first status of another project. The old key still leads to it. */
  reproject(issueKey: string, project: string): { id: string; key: string };
  /** Jira's Clone, made by a person: the same fields and issue properties in a new issue. */
  clone(issueKey: string, by: { as: string }): { id: string; key: string };
  /** A row of a CSV import. */
  import(wanted: ImportedIssue): { id: string; key: string };
  /** Publishes another drawing of a workflow; answers its version. */
  redrawWorkflow(change: WorkflowChange): { id: string; versionNumber: number };
  /** Deactivates or reactivates a person's Jira account. */
  setActive(person: string, active: boolean): void;
  /** The project and its issues are gone, without an event. */
  deleteProject(project: string): void;
}

export interface ImportedIssue {
  /** Name or id. */
  requestType: string;
  /** Name of any status of the workflow. */
  status: string;
  /** By id or name; paragraphs as plain text, people by key, e-mail or account id. */
  fields?: Record<string, unknown>;
  /** Default: the administrator who imports. */
  reporter?: string;
}

/** A transition is named by name or id, a rule by its module's key. `project`: key or id; default: the access desk. */
export type WorkflowChange = { project?: string } & (
  | { transition: string; remove: string }
  | { transition: string; add: string }
  | { addTransition: { name: string; from: readonly string[]; to: string } }
);

export interface SiteDescription {
  people: Record<string, { email: string; accountId: string; displayName: string }>;
  project: { key: string; id: string; serviceDeskId: string };
  /** Every project by key; `project` is the access desk. */
  projects: Record<string, { id: string; key: string }>;
  requestTypes: Record<string, string>;
  fields: Record<string, string>;
  statuses: Record<string, string>;
  transitions: Record<string, string>;
}

/** A product event as triggers receive it (developer.atlassian.com/platform/forge/events-reference/jira). */
export interface ProductEvent {
  eventType: string;
  issue?: { id: string; key: string; fields?: Record<string, unknown> };
  atlassianId?: string;
  changelog?: { id?: string; items: Array<Record<string, unknown>> };
  selfGenerated?: boolean;
  [key: string]: unknown;
}

/** A workflow rule that the app's manifest declares. */
export interface WorkflowRuleModule {
  kind: 'validator' | 'condition';
  key: string;
  expression?: string;
  function?: string;
  errorMessage?: string;
}

/** What Jira asks of Forge. */
export interface SiteHooks {
  /** The app's rule by module key, or undefined when the app is not installed or has no such rule (evaluates to false). */
  workflowRule(key: string): WorkflowRuleModule | undefined;
  /** Runs a function validator. A throw, a time-out or a malformed answer is `result: false`. */
  runValidator(
    moduleKey: string,
    payload: {
      issue: { key: string };
      configuration: Record<string, unknown>;
      transition: { from: { id: string }; to: { id: string }; modifiedFields?: Record<string, unknown> };
    },
  ): Promise<{ result: boolean; errorMessage?: string }>;
  /** Called inside the store transaction that made the change; delivery to triggers happens later. */
  publish(event: ProductEvent): void;
  /** Search aliases of the manifest's `jira:entityProperty` modules; absent: JQL knows no alias. */
  searchAliases?(): SearchAlias[];
}

/** One indexed path of an issue property: `issue.property[proofgate].state`, in JQL also `accessState`. */
export interface SearchAlias {
  propertyKey: string;
  path: string;
  type: 'string' | 'number' | 'date' | 'text' | 'user';
  searchAlias?: string;
}

/** One call of the app, as GET /sandbox/ledger lists it. */
export interface LedgerCall {
  n: number;
  invocation: string;
  /** `moduleType/moduleKey` of the invocation that made the call. */
  module: string;
  kind: 'kvs' | 'jira' | 'egress' | 'queue' | 'graphql';
  method: string;
  path: string;
  status: number;
  bytesIn: number;
  bytesOut: number;
  /** Jira points. */
  points: number;
  /** KVS units of 10 KB. */
  readUnits: number;
  writeUnits: number;
  /** Who the call was made as: `app`, or an account id. */
  actor?: string;
  at: string;
}

/** Faults that POST /sandbox/faults sets; every field absent means none. */
export interface Faults {
  seed?: number;
  /** ISO-8601 duration from now during which scheduled triggers do not fire. */
  silenceTriggersFor?: string;
  /** Kills the invocation at the n-th platform call from now (1-based), before or after its effect. */
  crashAt?: { call: number; when: 'before' | 'after'; module?: string };
  /** Jira answers 429 to the app's next `count` calls (or all, when `true`), with Retry-After seconds. */
  jira429?: boolean | { count: number; retryAfter?: number };
  /** Jira answers the app's next `count` calls (or all, when `true`) with 503 or `status`, without Retry-After or effect. */
  jiraDown?: boolean | { count: number; status?: number };
  /** The app's creations of issues take effect, but it is answered 503; the next `count` of them, or all. */
  jiraCreates?: { lose: boolean; count?: number };
  /** Targets by name that refuse connections. */
  targetDown?: string[];
  /** Targets by name that answer after `ms`. */
  targetSlow?: { name: string; ms: number } | Array<{ name: string; ms: number }>;
  /** Share of product events that are lost / delivered twice, 0 to 1 (`true` is 1). */
  loseEvents?: number | boolean;
  duplicateEvents?: number | boolean;
  /** Entity queries see the store as it was this many milliseconds ago (`true`: 5,000). */
  staleQueries?: number | boolean;
  /** KVS answers 429 or 500 to the next calls. */
  kvs?: { status: number; count: number };
  /** How a target answers instead of its own answer, by name. */
  targetAnswers?: Record<
    string,
    | 'garbage'
    | 'redirect'
    | 'everybody'
    | 'short-page'
    | 'html'
    | 'huge'
    | 'error-500'
    | 'forbidden'
    | 'rate-limited'
    /** Reads are answered; writes are refused with 403. */
    | 'writes-refused'
    /** Writes take effect, but are answered 503. */
    | 'writes-unanswered'
  >;
  /** Jira runs app validators on an approval's own transition (undocumented on a live site; default false). */
  validatorsOnApproval?: boolean;
}

/** A target system running on loopback. */
export interface TargetServer {
  name: string;
  /** The host name the app uses, routed here by the egress proxy: `scim.acme.test`. */
  host: string;
  /** Further host names of the same server. */
  aliases?: readonly string[];
  /** Loopback address, reachable directly as the target's administrator would. */
  baseUrl: string;
  token: string;
  close(): Promise<void>;
}
