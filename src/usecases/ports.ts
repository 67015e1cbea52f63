import type { BreakerKind, BreakerMemory } from '../domain/breaker';
import type { CatalogueEntry } from '../domain/catalogue/entitlement';
import type { Connector, SecretPurpose } from '../domain/connector';
import type { Ladder } from '../domain/escalation/ladder';
import type { Rota } from '../domain/approval/rota';
import type { Calendar } from '../domain/sla/calendar';
import type { Exception } from '../domain/exception/exception';
import type { WorkflowTransition } from '../domain/gate/needed-rules';
import type { GateRow } from '../domain/gate/gate-row';
import type { Identity } from '../domain/identity/identity';
import type { Instant } from '../domain/instant';
import type { BucketContent, FeedBucket } from '../domain/feed/feed-buckets';
import type { FeedGarbage, FeedGeneration, FeedState } from '../domain/feed/feed-state';
import type { RelayState } from '../domain/relay/relay-state';
import type { LeaverKey } from '../domain/leaver/leaver-key';
import type { LeaverList } from '../domain/leaver/leaver-list';
import type { Json } from '../domain/canonical';
import type { Policy } from '../domain/policy/policy';
import type { AccessRequest } from '../domain/request/access-request';
import type { IssueView } from '../domain/request/issue-view';
import type { Commit, DiscrepancyRow, OutboxRow } from '../domain/request/lifecycle/commit';
import type { ProjectMapping } from '../domain/request/project-mapping';
import type { SiteSettings } from '../domain/site-settings';
import type { WorkflowCheck } from '../domain/workflow-check';
import type { AuditEntry } from '../domain/audit/entry';
import type { ChainHead, Digest } from '../domain/audit/digest';
import type { DigestState } from '../domain/audit/digest-state';
import type { Expectation, Observation, ReadFailure } from '../domain/verification/judge';

/** Access requests and their gate rows. `get` and `gate` are strongly consistent. */
export interface Requests {
  get(issueId: string): Promise<AccessRequest | undefined>;
  /** Several requests at once, strongly consistent: one storage operation for each 25. Missing ones are left out. */
  getMany(issueIds: readonly string[]): Promise<ReadonlyMap<string, AccessRequest>>;
  gate(issueId: string): Promise<GateRow | undefined>;
  /** One transaction. False when somebody else changed the request first; then nothing was written. */
  commit(commit: Commit): Promise<boolean>;
  /** Ids of requests whose due instant has come, oldest first. Nominates only: read each by its id before deciding. */
  due(now: Instant, limit: number): Promise<readonly DueRequest[]>;
  /** A request that could not be advanced waits until `at`; one that failed too often is `stuck` and waits for a person. */
  postpone(due: DueRequest, at: Instant, problem: string, stuck: boolean): Promise<void>;
  /** Puts a row of the due-index where its record says, or takes it away, unless somebody changed the request meanwhile. */
  realign(due: DueRequest, at: Instant | undefined): Promise<void>;
  /** Ids of requests about an identity, newest first. Nominates only. */
  about(identityId: string, limit: number): Promise<readonly string[]>;
  /** Requests that gave up, oldest first. */
  stuck(limit: number): Promise<readonly StuckRow[]>;
  /** Puts a request that gave up back among those that are due. */
  unstick(issueId: string, now: Instant): Promise<void>;
}

/** A request in the due-index, with how often in a row it could not be advanced. */
export interface DueRequest {
  readonly issueId: string;
  /** It is no request: `issueId` is the id of a list of leavers. */
  readonly what?: 'leavers';
  /** Its instant in the index. */
  readonly at: Instant;
  readonly attempts: number;
}

/** Something that gave up and waits for a person. */
export interface StuckRow {
  readonly issueId: string;
  readonly rev?: number;
  readonly since: Instant;
  readonly problem: string;
}

/** A new issue, with the marker by which it is found before it is made again. */
export interface NewIssue {
  readonly marker: string;
  readonly projectKey: string;
  /** A JSM request type, which brings its issue type along; or the name of an issue type. */
  readonly type: { readonly requestTypeId: string } | { readonly issueType: string };
  readonly summary: string;
  /** Plain text. */
  readonly description?: string;
  /** Values by field id, as Jira's platform API takes them. */
  readonly fields: Readonly<Record<string, Json>>;
  readonly reporterId?: string;
  /** The issue it relates to. */
  readonly linkTo?: string;
}

/** Open cases, for lists: what was found, and which exceptions stand. Nominates only. */
export interface Cases {
  discrepancies(limit: number): Promise<readonly DiscrepancyRow[]>;
  exceptions(limit: number): Promise<ReadonlyArray<Exception & { readonly issueId: string; readonly key: string }>>;
}

/** Effects waiting to be made. */
export interface Outbox {
  get(issueId: string, rev: number): Promise<OutboxRow | undefined>;
  save(row: OutboxRow): Promise<void>;
  /** Saves the row if it still waits at the instant it was read with. False when somebody else took it first. */
  claim(row: OutboxRow, seenAt: Instant): Promise<boolean>;
  remove(row: OutboxRow): Promise<void>;
  /** Rows whose time has come, oldest first. Nominates only. */
  due(now: Instant, limit: number): Promise<ReadonlyArray<{ issueId: string; rev: number }>>;
  /** Rows that gave up, oldest first. */
  stuck(limit: number): Promise<readonly StuckRow[]>;
  /** What the circuit breakers hold back among the rows that wait, one entry a row. */
  held(limit: number): Promise<readonly BreakerKind[]>;
}

export interface BreakerState extends BreakerMemory {
  readonly breaker: BreakerKind;
}

/** Counters that stop a flood until a person confirms it. Strongly consistent. */
export interface Breakers {
  get(breaker: BreakerKind): Promise<{ readonly rev: number; readonly state: BreakerState } | undefined>;
  /** One transaction with its audit entry where a person decides. False when somebody else was first. */
  save(state: BreakerState, expectedRev: number, change?: ConfigChange): Promise<boolean>;
}

/** One kind of configuration, each document with its own revision and audit chain. */
export interface ConfigDocuments {
  project: ProjectMapping;
  connector: Connector;
  catalogue: CatalogueEntry;
  policy: Policy;
  /** Under its id, and every version for itself under `{id}@{version}`. */
  calendar: Calendar;
  ladder: Ladder;
  rota: Rota;
  site: SiteSettings;
  workflow: WorkflowCheck;
  'integration-key': LeaverKey;
}
export type ConfigKind = keyof ConfigDocuments;

export interface Stored<T> {
  readonly rev: number;
  readonly value: T;
}

export interface Configuration {
  get<K extends ConfigKind>(kind: K, id: string): Promise<Stored<ConfigDocuments[K]> | undefined>;
  list<K extends ConfigKind>(kind: K): Promise<ReadonlyArray<Stored<ConfigDocuments[K]>>>;
  /** One transaction with its audit entry. False when the stored revision is not `expectedRev` (0: must not exist). */
  save<K extends ConfigKind>(
    kind: K,
    id: string,
    value: ConfigDocuments[K],
    expectedRev: number,
    change: ConfigChange,
  ): Promise<boolean>;
}

export interface ConfigChange {
  readonly at: Instant;
  /** Salted reference of the person. */
  readonly actor: string;
  /** What changed, as facts without secrets. */
  readonly facts: ReadonlyArray<{ readonly fact: string; readonly [key: string]: Json }>;
}

/** Salted references that stand for people in audit chains. Removing a mapping erases the person from them. */
export interface People {
  refs(
    accountIds: readonly string[],
    known: Readonly<Record<string, string>>,
  ): Promise<Readonly<Record<string, string>>>;
  mappings(): Promise<ReadonlyArray<{ readonly ref: string; readonly accountId: string }>>;
}

/** Secrets of connectors. Nothing reads them but the adapter that signs in. */
export interface Secrets {
  set(connectorId: string, purpose: SecretPurpose, origin: string, value: string): Promise<void>;
  clear(connectorId: string, purpose: SecretPurpose): Promise<void>;
}

/** What is stored about a message before it is taken, in one strongly consistent read. */
export interface LeaverInbox {
  readonly key?: LeaverKey;
  readonly nonce?: { readonly rev: number; readonly expiresAt: Instant };
  /** The newest entry of the key's audit chain; `seq` 0 when there is none. */
  readonly chain: { readonly seq: number; readonly head: string };
}

/** The newest list of a key, as people need to know it. */
export interface LeaverSummary {
  readonly keyId: string;
  readonly at: Instant;
  readonly entries: number;
  readonly refused: ReadonlyArray<{ readonly entry: number; readonly problem: string }>;
}

/** Signed lists of leavers, and the secrets that sign them. `secret`, `inbox`, `list` and `applied` are strongly consistent. */
export interface Leavers {
  setSecret(keyId: string, value: string): Promise<void>;
  clearSecret(keyId: string): Promise<void>;
  secret(keyId: string): Promise<string | undefined>;
  inbox(keyId: string, nonce: string): Promise<LeaverInbox>;
  list(listId: string): Promise<Stored<LeaverList> | undefined>;
  /** Nonce, audit entry and (unless it is known) list in one transaction. False when somebody else was first. */
  take(taking: {
    readonly inbox: LeaverInbox;
    readonly nonce: { readonly value: string; readonly expiresAt: Instant };
    readonly list?: LeaverList;
    readonly summary: LeaverSummary;
    readonly facts: ConfigChange['facts'];
  }): Promise<boolean>;
  /** What is left of a list, and the hashes of entries that were applied. A list with nothing left is removed. */
  save(list: LeaverList, expectedRev: number, applied: readonly string[], now: Instant): Promise<boolean>;
  /** Which of these entries were applied once, by whatever list. */
  applied(hashes: readonly string[]): Promise<ReadonlySet<string>>;
  /** Lists with something left, oldest first. For showing. */
  waiting(limit: number): Promise<readonly LeaverList[]>;
  /** The newest list of each key. For showing. */
  newest(limit: number): Promise<readonly LeaverSummary[]>;
}

/** What is stored about a connector's messages before one is taken, in one strongly consistent read. */
export interface SignedInbox<S> {
  readonly connectorId: string;
  readonly connector?: Connector;
  readonly nonce?: { readonly rev: number; readonly expiresAt: Instant };
  readonly rev: number;
  readonly state: S;
  /** The newest entry of the connector's audit chain; `seq` 0 when there is none. */
  readonly chain: { readonly seq: number; readonly head: string };
}

/** Where a connector's other side sends signed messages to. `secret` and `inbox` are strongly consistent. */
export interface SignedBox<S, M = undefined> {
  secret(connectorId: string): Promise<string | undefined>;
  inbox(connectorId: string, nonce: string): Promise<SignedInbox<S>>;
  /** State and, where given, nonce, audit entry and `more` in one transaction. False when somebody else was first. */
  save(saving: {
    readonly inbox: SignedInbox<S>;
    readonly state: S;
    readonly now: Instant;
    readonly nonce?: { readonly value: string; readonly expiresAt: Instant };
    readonly facts?: ConfigChange['facts'];
    readonly more?: M;
  }): Promise<boolean>;
}

/** The rows of feeds. Every read is strongly consistent. */
export interface FeedReader {
  /** The newest feed that is whole. One storage operation. */
  newest(connectorId: string): Promise<(FeedGeneration & { readonly takenAt: Instant }) | undefined>;
  /**
   * Buckets of a feed, each put together from its parts: one storage operation for each 25 rows, which is one for an
   * account and an entitlement. Undefined when the feed was replaced meanwhile and its rows are going.
   */
  buckets(
    connectorId: string,
    feed: FeedGeneration,
    wanted: readonly FeedBucket[],
  ): Promise<readonly BucketContent[] | undefined>;
}

/** Signed feeds and where they stand. */
export interface Feeds extends FeedReader, SignedBox<FeedState> {
  /** Writes the rows of a part; the same rows again are the same. `too-large` when a bucket is more than storage takes. */
  store(
    connectorId: string,
    feed: FeedGeneration,
    part: number,
    rows: ReadonlyMap<string, BucketContent>,
  ): Promise<'stored' | 'too-large'>;
  /** Removes the rows of a part. What is gone already is gone. */
  remove(connectorId: string, garbage: FeedGarbage): Promise<void>;
}

/** What a relay answered. */
export type RelayResult =
  | { readonly failure: ReadFailure }
  | { readonly lookup: Lookup<Identity> }
  | { readonly observation: Omit<Observation, 'at'> }
  | { readonly entitlements: readonly TargetEntitlement[]; readonly complete: boolean }
  | { readonly steps: readonly ProbeStep[] };

/** An answer as it is kept: under what was asked, so that a late one can still serve. */
export interface RelayAnswer {
  readonly question: string;
  readonly jobId: string;
  /** When the job was handed out, by the app's own clock: what was read was true then or later. */
  readonly at: Instant;
  readonly result: RelayResult;
}

/** What the app wants read in a company's network, and what came back. */
export interface Relays extends SignedBox<RelayState, readonly RelayAnswer[]> {
  /** The newest answer to a question. Strongly consistent. */
  answer(connectorId: string, question: string): Promise<RelayAnswer | undefined>;
}

/** Lets time pass in an invocation. */
export interface Pause {
  /** Resolves after about `ms` milliseconds of real time. */
  readonly pause: (ms: number) => Promise<void>;
}

/** Where the app can be reached from outside. Throws `Unavailable`. */
export interface WebAddresses {
  /** Takes signed lists of leavers. */
  leavers(): Promise<string>;
  /** Takes signed feeds. */
  feed(): Promise<string>;
  /** Hands jobs to relays and takes their answers. */
  relay(): Promise<string>;
}

export interface AuditLog {
  /** Entries of all chains, chain by chain, in pages. */
  page(cursor: string | undefined, limit: number): Promise<{ entries: readonly AuditEntry[]; cursor?: string }>;
  chain(chain: string, limit: number): Promise<readonly AuditEntry[]>;
  /** Entries of one day (`2027-01-31`) at or after an instant, oldest first, in pages. Nominates only. */
  since(
    day: string,
    at: Instant,
    cursor: string | undefined,
  ): Promise<{ entries: readonly AuditEntry[]; cursor?: string }>;
  /** The instant of the oldest entry of all chains. Nominates only. */
  oldest(): Promise<Instant | undefined>;
  /** The newest entries of these chains, each of which has an entry with the given number. Strongly consistent. */
  heads(atLeast: ReadonlyMap<string, ChainHead>): Promise<ReadonlyMap<string, ChainHead>>;
}

/** A digest as it is kept, with when and where it was anchored. */
export interface StoredDigest {
  readonly digest: Digest;
  readonly anchoredAt?: Instant;
  readonly where?: string;
}

/** Digests over the audit chains and how far they are anchored. Every read is strongly consistent. */
export interface Digests {
  state(): Promise<DigestState | undefined>;
  get(seq: number): Promise<StoredDigest | undefined>;
  /** Digests `first` to `last`, all of which exist. */
  range(first: number, last: number): Promise<readonly Digest[]>;
  /** One transaction. False when the digest exists already or somebody changed the state since it was read. */
  append(digest: Digest, state: DigestState): Promise<boolean>;
  /** Saves the state if it still is at the revision before this one. */
  save(state: DigestState): Promise<boolean>;
  /** The same, together with a digest whose anchor was set. */
  anchored(stored: StoredDigest, state: DigestState): Promise<boolean>;
}

/** Addresses outside of Atlassian that the app tells something. */
export interface Outbound {
  /** Sends one JSON text, once. `key` is the same for every attempt, for the receiver to know it again. */
  post(url: string, key: string, json: string): Promise<'done' | { readonly failed: ReadFailure }>;
}

/** What happened to an issue, from its history. */
export interface IssueHistory {
  readonly statusChanges: ReadonlyArray<{
    readonly at: Instant;
    readonly toStatusId: string;
    readonly by?: string;
    readonly byApp: boolean;
  }>;
  readonly fieldChanges: ReadonlyArray<{ readonly at: Instant; readonly fieldId: string }>;
}

/** Jira as the app itself sees and changes it. Reads throw `Unavailable`, except where a missing issue is an answer. */
export interface Issues {
  /** Undefined when the issue does not exist or the app may not see it. */
  read(keyOrId: string): Promise<IssueView | undefined>;
  history(issueId: string): Promise<IssueHistory>;
  /** A person by account; undefined when Jira does not know the account. */
  person(
    accountId: string,
  ): Promise<{ readonly displayName: string; readonly active: boolean; readonly isApp: boolean } | undefined>;
  groupMembers(group: string): Promise<readonly string[]>;
  /** Ids of issues of these projects that changed within the last hours, newest first, at most `limit`. One bounded search. */
  changedWithin(projectKeys: readonly string[], hours: number, limit: number): Promise<readonly string[]>;
  setApprovers(issueId: string, fieldId: string, accountIds: readonly string[]): Promise<void>;
  /** Fires the transition with this name; `refused` when it is not on offer or a rule says no. */
  transition(issueId: string, name: string): Promise<'done' | 'not-on-offer' | { readonly refused: string }>;
  /**
   * Adds a comment unless one with this effect id stands there already. `mentions` are told by name. Where comments are
   * many, `notBefore` bounds the search: an earlier attempt cannot have been made before it.
   */
  comment(
    issueId: string,
    effectId: string,
    audience: 'internal' | 'customer',
    text: string,
    more?: { readonly mentions?: readonly string[]; readonly notBefore?: Instant },
  ): Promise<void>;
  /** Creates an issue, or finds the one that carries the marker already. `refused` with Jira's reason when it will not. */
  raise(issue: NewIssue): Promise<{ readonly id: string; readonly key: string } | { readonly refused: string }>;
  assign(issueId: string, accountId: string): Promise<'done' | { readonly refused: string }>;
  setPriority(issueId: string, name: string): Promise<'done' | { readonly refused: string }>;
  addParticipants(issueId: string, accountIds: readonly string[]): Promise<'done' | { readonly refused: string }>;
  /** The transitions of the workflows of a project's issue types; undefined when the app may not read them. */
  liveWorkflow(projectKey: string): Promise<readonly WorkflowTransition[] | undefined>;
  setProperty(issueId: string, value: Json): Promise<void>;
  /** Answers an approval as that person; `not-open` when it was answered meanwhile. */
  answerApproval(
    issueKey: string,
    approvalId: string,
    accountId: string,
    decision: 'approve' | 'decline',
  ): Promise<'done' | 'not-open' | { readonly refused: string }>;
}

/** What the person who calls may do, asked of Jira with that person's own rights. */
export interface Permissions {
  /** The issue as the calling person sees it, or undefined. */
  visibleIssue(
    key: string,
  ): Promise<{ readonly id: string; readonly key: string; readonly projectId: string } | undefined>;
  mayTransition(issueId: string): Promise<boolean>;
  isJiraAdmin(): Promise<boolean>;
  /** A request that the calling person sees in the customer portal. */
  visibleRequest(key: string): Promise<{ readonly id: string; readonly key: string } | undefined>;
}

/** The answer to a look-up that must be unique. */
export type Lookup<T> =
  | { readonly found: 'one'; readonly value: T }
  | { readonly found: 'none' }
  | { readonly found: 'many' }
  | { readonly found: 'unreadable'; readonly failure: ReadFailure };

/** An entitlement as the target itself names it. */
export interface TargetEntitlement {
  readonly id: string;
  readonly name: string;
  /** Group, role, team and so on, as the target calls it; absent where there is one kind only. */
  readonly label?: string;
}

/** One page of a list. `next` reads on from there, also in another invocation; without it the list is whole. */
export type Page<T> = { readonly rows: readonly T[]; readonly next?: string } | { readonly failure: ReadFailure };

export interface PageWanted {
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string;
}

/** Somebody who holds an entitlement. */
export interface Holder {
  /** The account's id in the target. */
  readonly id: string;
  readonly login?: string;
  readonly hold: 'direct' | 'indirect' | 'pending';
}

/** Something that an account holds, and through which groups or roles. */
export interface HeldEntitlement {
  readonly entitlement: TargetEntitlement;
  readonly hold: 'direct' | 'indirect' | 'pending';
  readonly through: readonly string[];
}

/** A service account or workload of the target, with what it signs in with. Never a secret itself. */
export interface NonHumanIdentity {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly kind: 'service-account' | 'workload';
  readonly active: boolean;
  readonly lastUsedAt?: Instant;
  readonly credentials: ReadonlyArray<{
    readonly id: string;
    readonly kind: 'secret' | 'key' | 'certificate' | 'token';
    readonly createdAt?: Instant;
    readonly expiresAt?: Instant;
    readonly lastUsedAt?: Instant;
  }>;
}

/** One line of a connector's live test, in this order. */
export interface ProbeStep {
  readonly step:
    | 'reach'
    | 'sign-in'
    | 'wrong-secret-refused'
    /** Rights that are missing, and rights that reading does not need. */
    | 'rights'
    | 'find-people'
    /** The target looks for what it is asked for, and does not just answer with everybody. */
    | 'look-ups-honoured'
    | 'read-groups'
    /** The secret that writes signs in and is another one. */
    | 'write-sign-in';
  readonly ok: boolean;
  readonly text: string;
  /** Of a step that is not ok, where a screen does more than show the text: a step before it failed, or the site does not let the app out. */
  readonly why?: 'not-tested' | 'not-approved';
}

export type ApplyResult =
  { readonly result: 'applied' | 'already' } | { readonly result: 'refused' | 'failed'; readonly failure: ReadFailure };

/** One target system, ready to be asked. Nothing here throws for what a target does: failures are answers. */
export interface Target {
  identityByAccountId(accountId: string): Promise<Lookup<Identity>>;
  identityByLogin(login: string): Promise<Lookup<Identity>>;
  identityById(id: string): Promise<Lookup<Identity>>;
  /** Absent where the system cannot be asked for employee numbers. */
  identityByEmployeeNumber?(employeeNumber: string): Promise<Lookup<Identity>>;
  observe(expectation: Expectation): Promise<Observation>;
  /** Makes the change in the target: only where the connector's `write` is on. Already done is an answer. */
  apply(expectation: Expectation): Promise<ApplyResult>;
  entitlements(
    limit: number,
  ): Promise<
    | { readonly entitlements: readonly TargetEntitlement[]; readonly complete: boolean }
    | { readonly failure: ReadFailure }
  >;
  probe(): Promise<readonly ProbeStep[]>;
  /** Who holds an entitlement. Present where the kind's capabilities say so, like the two that follow. */
  members?(entitlementId: string, page: PageWanted): Promise<Page<Holder>>;
  /** What an account holds. */
  heldBy?(accountId: string, page: PageWanted): Promise<Page<HeldEntitlement>>;
  nonHumanIdentities?(page: PageWanted): Promise<Page<NonHumanIdentity>>;
}

/** How long and how much a use of a target may take. */
export interface Budget {
  readonly timeMs: number;
  readonly bytes: number;
  readonly calls: number;
}

/** Secrets that are not stored yet. */
export type GivenSecrets = { readonly [P in SecretPurpose]?: string };

export interface Targets {
  /** The canonical form of an address a target may have, or why the app will not speak to it. */
  address(
    text: string,
  ):
    { readonly ok: true; readonly url: string; readonly origin: string } | { readonly ok: false; readonly why: string };
  /** `given` replaces the stored secrets, for testing a connector before it is saved. */
  open(connector: Connector, budget: Budget, given?: GivenSecrets): Target;
}

export interface Jobs {
  /** Asks for the effects of a change to be made soon. Best effort: the sweep finds what was not asked for. */
  deliver(issueId: string, rev: number): Promise<void>;
  /** Asks for a sweep because the scheduled one is late. Best effort. */
  sweep(): Promise<void>;
}

export interface Clock {
  now(): Instant;
}

export interface Ids {
  next(): string;
}

/** What the sweep remembers of itself. */
export interface Pulse {
  /** When it last ran to its end. */
  readonly at: Instant;
  /** When it last looked for changes whose events were lost. */
  readonly caughtUpAt?: Instant;
  /** The sweep that is running: others leave it alone until its lease is over. */
  readonly lease?: { readonly token: string; readonly until: Instant };
  /** Jira asked the app to slow down until then; the gates still ask. */
  readonly pausedUntil?: Instant;
  /** Jira points that sweeps used in the hour that began then. */
  readonly points?: { readonly hour: Instant; readonly used: number };
  /** When the live workflows were last compared with what the gates need. */
  readonly workflowAt?: Instant;
  /** When the ages of secrets were last looked at. */
  readonly secretsAt?: Instant;
  /** When the audit digest wants its next turn, so that other sweeps need not look. */
  readonly digestAt?: Instant;
}

export interface Heartbeat {
  /** Writes what the sweep remembers if nobody else wrote since it was read (`rev`); false otherwise. */
  beat(pulse: Pulse, rev: number): Promise<boolean>;
  last(): Promise<{ readonly rev: number; readonly pulse: Pulse } | undefined>;
}

/** What every screen needs beside its request, in one strongly consistent read. */
export interface Glance {
  read(): Promise<{ readonly policy?: Policy; readonly pulse?: Pulse }>;
}

export interface Log {
  /** One line, no personal data, no secrets. */
  note(event: string, detail?: { readonly [key: string]: Json }): void;
}

/** Everything the use cases need; each takes the part it uses. */
export interface Ports {
  readonly requests: Requests;
  readonly outbox: Outbox;
  readonly configuration: Configuration;
  readonly people: People;
  readonly secrets: Secrets;
  readonly auditLog: AuditLog;
  readonly digests: Digests;
  readonly outbound: Outbound;
  readonly issues: Issues;
  readonly targets: Targets;
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly heartbeat: Heartbeat;
  readonly breakers: Breakers;
  readonly cases: Cases;
  readonly leavers: Leavers;
  readonly feeds: Feeds;
  readonly relays: Relays;
  readonly webAddresses: WebAddresses;
  readonly glance: Glance;
  readonly log: Log;
}

/** Something the app depends on did not answer as it must: nothing is known, nothing may be concluded. */
export class Unavailable extends Error {
  constructor(
    readonly dependency: 'storage' | 'jira' | 'target' | 'platform',
    readonly retryAfterSeconds?: number,
  ) {
    super(`${dependency} is unavailable`);
    this.name = 'Unavailable';
  }
}
