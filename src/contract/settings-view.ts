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
  readonly secret?: { readonly fingerprint: string; readonly setAt: string; readonly origin: string };
};

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

export interface ProbeStepView {
  readonly step: 'reach' | 'sign-in' | 'wrong-secret-refused' | 'find-people' | 'read-groups';
  readonly ok: boolean;
  readonly text: string;
}
