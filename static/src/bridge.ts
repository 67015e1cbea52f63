import { invoke } from '@forge/bridge';
import { parseErrorLine, type ErrorCode } from '../../src/contract/error-code';
import type {
  callOffInput,
  decideStageInput,
  exportInput,
  historyInput,
  listEntitlementsInput,
  probeConnectorInput,
  saveCatalogueEntryInput,
  saveConnectorInput,
  savePolicyInput,
  saveProjectInput,
  verifyNowInput,
} from '../../src/contract/inputs';
import type { HistoryEntryView, PortalRequestView, RequestView } from '../../src/contract/request-view';
import type { ProbeStepView, SettingsView } from '../../src/contract/settings-view';

/** What the backend accepts for a schema of the contract. */
export type Input<S extends { readonly '~types'?: { readonly input: unknown } | undefined }> = NonNullable<
  S['~types']
>['input'];

/** A refused or failed call, with the code that screens find their text by. */
export class CallError extends Error {
  override readonly name = 'CallError';

  constructor(
    readonly code: ErrorCode,
    text: string,
  ) {
    super(text);
  }
}

async function call<T>(name: string, payload: object): Promise<T> {
  try {
    return (await invoke<Record<string, unknown>>(name, payload as Record<string, unknown>)) as T;
  } catch (error) {
    const { code, text } = parseErrorLine(messageOf(error));
    throw new CallError(code, text);
  }
}

/** Hosts reject with an error, an object with a message, or a bare line. */
function messageOf(error: unknown): string {
  if (typeof error === 'string') return error;
  const message = (error as { message?: unknown } | null)?.message;
  return typeof message === 'string' ? message : '';
}

/** What the issue panel and the issue context call. */
export const panelCalls = {
  getRequest: () => call<RequestView>('getRequest', {}),
  verifyNow: (input: Input<typeof verifyNowInput>) => call<RequestView>('verifyNow', input),
  decideStage: (input: Input<typeof decideStageInput>) => call<RequestView>('decideStage', input),
  askAnew: () => call<RequestView>('askAnew', {}),
  reportFulfilment: () => call<RequestView>('reportFulfilment', {}),
  resolveWhenProven: (on: boolean) => call<RequestView>('resolveWhenProven', { on }),
  callOffRemoval: (input: Input<typeof callOffInput>) => call<RequestView>('callOffRemoval', input),
  getHistory: (input: Input<typeof historyInput>) =>
    call<{ readonly entries: readonly HistoryEntryView[] }>('getHistory', input),
};

/** What the request's page in the customer portal calls. */
export const portalCalls = {
  getRequest: () => call<PortalRequestView>('getRequest', {}),
  decideStage: (input: Input<typeof decideStageInput>) => call<PortalRequestView>('decideStage', input),
};

/** What the admin page calls. */
export const adminCalls = {
  getSettings: () => call<SettingsView>('getSettings', {}),
  saveConnector: (input: Input<typeof saveConnectorInput>) => call<{ readonly rev: number }>('saveConnector', input),
  probeConnector: (input: Input<typeof probeConnectorInput>) =>
    call<{ readonly steps: readonly ProbeStepView[] }>('probeConnector', input),
  listEntitlements: (input: Input<typeof listEntitlementsInput>) =>
    call<{
      readonly entitlements: ReadonlyArray<{ readonly id: string; readonly name: string }>;
      readonly complete?: boolean;
    }>('listEntitlements', input),
  saveCatalogueEntry: (input: Input<typeof saveCatalogueEntryInput>) =>
    call<{ readonly rev: number }>('saveCatalogueEntry', input),
  savePolicy: (input: Input<typeof savePolicyInput>) => call<{ readonly rev: number }>('savePolicy', input),
  saveProject: (input: Input<typeof saveProjectInput>) => call<{ readonly rev: number }>('saveProject', input),
  exportAudit: (input: Input<typeof exportInput>) =>
    call<{ readonly lines: readonly string[]; readonly cursor?: string }>('exportAudit', input),
};
