import type * as v from 'valibot';
import type {
  calendarInput,
  catalogueEntryInput,
  connectorInput,
  ladderInput,
  rotaInput,
  savePolicyInput,
  saveProjectInput,
  saveSiteInput,
} from './inputs';

type Loose<T> = T extends readonly (infer M)[]
  ? readonly Loose<M>[]
  : T extends object
    ? { readonly [K in keyof T]: Loose<T[K]> }
    : T;

/** Configuration as the admin page shows it. Secrets never come back: only their fingerprint and age do. */
export interface SettingsView {
  /** What every kind of connector needs and can do: the form and the check on saving follow the same table. */
  readonly connectorKinds: ReadonlyArray<ConnectorKindView>;
  /** How old secrets of connectors may become on this site, and how long before that somebody is reminded. */
  readonly secretRule: { readonly maxAge: string; readonly remindBefore: string };
  readonly connectors: ReadonlyArray<ConnectorView>;
  readonly catalogue: ReadonlyArray<CatalogueEntryView>;
  readonly projects: ReadonlyArray<Loose<v.InferOutput<typeof saveProjectInput>['mapping']> & { readonly rev: number }>;
  readonly policy?: Loose<v.InferOutput<typeof savePolicyInput>['policy']> & {
    readonly rev: number;
    readonly version: number;
  };
  readonly calendars: ReadonlyArray<Loose<v.InferOutput<typeof calendarInput>> & Saved & { readonly version: number }>;
  readonly ladders: ReadonlyArray<Loose<v.InferOutput<typeof ladderInput>> & Saved>;
  readonly rotas: ReadonlyArray<Loose<v.InferOutput<typeof rotaInput>> & Saved>;
  /** Keys that sign lists of leavers. Removed ones are left out; `rev` is what the next change of the key expects. */
  readonly leaverKeys: ReadonlyArray<{
    readonly rev: number;
    readonly keyId: string;
    readonly fingerprint: string;
    readonly setAt: string;
  }>;
  /** The ladders that hold where policy names none: for showing, not for editing. */
  readonly defaultLadders: ReadonlyArray<Loose<v.InferOutput<typeof ladderInput>>>;
  readonly site?: Loose<v.InferOutput<typeof saveSiteInput>['site']> & { readonly rev: number };
  readonly digest: DigestStateView;
  readonly lastSweep?: string;
  readonly sweepLate: boolean;
  readonly now: string;
}

interface Saved {
  readonly rev: number;
}

/** What the health page shows: whether time still works, and what waits for a person. */
export interface HealthView {
  readonly lastSweep?: string;
  readonly sweepLate: boolean;
  /** Jira asked the app to slow down until then. */
  readonly pausedUntil?: string;
  /** Jira points used in this hour, and how many the sweep may use. */
  readonly points: { readonly used: number; readonly budget: number };
  readonly stuck: ReadonlyArray<{
    readonly issueId: string;
    readonly key: string;
    /** `leavers`: entries of a list of leavers; `issueId` is the id of the list then. */
    readonly what: 'effect' | 'request' | 'leavers';
    readonly since: string;
    readonly problem: string;
    readonly owner: string;
  }>;
  readonly breakers: ReadonlyArray<{
    readonly breaker: 'revocations' | 'reopenings';
    readonly trippedAt?: string;
    readonly held: number;
    readonly limit: number;
    readonly windowHours: number;
  }>;
  /** Gates that the live workflow has lost, or that could not be compared. */
  readonly workflow: ReadonlyArray<{
    readonly projectKey: string;
    readonly checkedAt: string;
    readonly problems: readonly string[];
  }>;
  readonly bypasses: ReadonlyArray<{ readonly key: string; readonly at: string; readonly text: string }>;
  readonly exceptions: ReadonlyArray<{
    readonly key: string;
    readonly owner: string;
    readonly expiresAt: string;
    readonly gate: 'approval' | 'verification';
    readonly kind: 'override' | 'manual-attestation';
  }>;
  /** Entries of signed lists that are not applied yet, those for later included, and what stands in their way. */
  readonly leavers: { readonly waiting: number; readonly problem?: string };
  readonly newestDigest?: { readonly at: string; readonly anchoredAt?: string };
  readonly now: string;
}

export type ConnectorView = Loose<v.InferOutput<typeof connectorInput>> & {
  readonly rev: number;
  readonly origin: string;
  /** The secret that reads, and the one that writes. */
  readonly secret?: SecretView;
  readonly writeSecret?: SecretView;
};

/** What may be said about a stored secret. */
export interface SecretView {
  readonly fingerprint: string;
  readonly setAt: string;
  readonly origin: string;
  /** `too-old`: it is not used any more. */
  readonly age: 'fresh' | 'rotate-soon' | 'too-old';
  /** When it becomes or became too old; absent when nobody can say. */
  readonly endsAt?: string;
}

export type CatalogueEntryView = Loose<v.InferOutput<typeof catalogueEntryInput>> & {
  readonly rev: number;
  readonly id: string;
};

/** How far the audit chains are folded, and how far that stands outside of the app's storage. Instants are ISO-8601. */
export interface DigestStateView {
  /** `none`: no digest yet; `fresh`: anchored lately; `late`: too long ago; `no-anchor`: nothing is anchored. */
  readonly state: 'none' | 'fresh' | 'late' | 'no-anchor';
  readonly newest?: { readonly seq: number; readonly hash: string; readonly at: string; readonly coveredUntil: string };
  readonly anchored?: {
    readonly seq: number;
    readonly hash: string;
    readonly at: string;
    readonly anchoredAt: string;
    /** `issue GOV-1`, or the address. */
    readonly where: string;
    /** Seconds since the newest anchored digest was made. */
    readonly ageSeconds: number;
  };
  /** Digests that wait for the anchor. */
  readonly waiting: number;
  /** Why the last attempt to anchor failed, as a sentence. */
  readonly problem?: string;
}

/** One line of a connector's live test. */
export interface ProbeStepView {
  readonly step:
    | 'reach'
    | 'sign-in'
    | 'wrong-secret-refused'
    | 'rights'
    | 'find-people'
    | 'look-ups-honoured'
    | 'read-groups'
    | 'write-sign-in';
  readonly ok: boolean;
  readonly text: string;
  /** `not-tested`: a step before it failed. `not-approved`: the site does not let the app call this address. */
  readonly why?: 'not-tested' | 'not-approved';
}

type ConnectorInput = v.InferOutput<typeof connectorInput>;
type Settings = NonNullable<ConnectorInput['settings']>;

/** What a kind of target needs, where the app may call for it, and what it can do. */
export interface ConnectorKindView {
  readonly kind: ConnectorInput['kind'];
  readonly label: string;
  /** `fixed`: the only one there is. `vendor`: the customer's host at a vendor; `host` is a pattern for the whole name. */
  readonly address:
    | { readonly kind: 'fixed'; readonly url: string }
    | { readonly kind: 'vendor'; readonly host: string; readonly example: string }
    | { readonly kind: 'own'; readonly example: string }
    | { readonly kind: 'none' };
  /** The hosts that tokens come from, when the vendor has some for that. */
  readonly tokenHosts?: readonly string[];
  readonly auths: ReadonlyArray<ConnectorInput['auth']['kind']>;
  readonly settings: ReadonlyArray<{
    readonly name: keyof Settings;
    readonly label: string;
    readonly hint: string;
    /** What the value looks like, whole text. */
    readonly pattern: string;
  }>;
  readonly capabilities: {
    readonly effective: boolean;
    readonly write: boolean;
    readonly members: boolean;
    readonly heldBy: boolean;
    readonly nonHuman: boolean;
    readonly employeeNumber: boolean;
  };
  readonly entitlements: ReadonlyArray<{ readonly prefix: string; readonly label: string }>;
}
