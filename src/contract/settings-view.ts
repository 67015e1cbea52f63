import type * as v from 'valibot';
import type { catalogueEntryInput, connectorInput, savePolicyInput, saveProjectInput } from './inputs';

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

export interface ProbeStepView {
  readonly step: 'reach' | 'sign-in' | 'wrong-secret-refused' | 'find-people' | 'read-groups';
  readonly ok: boolean;
  readonly text: string;
}
