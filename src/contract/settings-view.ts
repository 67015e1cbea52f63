import type * as v from 'valibot';
import type { catalogueEntryInput, connectorInput, savePolicyInput, saveProjectInput, saveSiteInput } from './inputs';

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
  readonly site?: Loose<v.InferOutput<typeof saveSiteInput>['site']> & { readonly rev: number };
  readonly digest: DigestStateView;
  readonly lastSweep?: string;
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
