import { invoke, requestJira } from '@forge/bridge';
import { parseErrorLine, type ErrorCode } from '../../src/contract/error-code';
import type {
  breakerInput,
  callOffInput,
  compromisedInput,
  decideStageInput,
  emergencyInput,
  exceptionInput,
  exportInput,
  extendInput,
  giveBackInput,
  historyInput,
  listEntitlementsInput,
  probeConnectorInput,
  retryStuckInput,
  reviewEmergencyInput,
  saveCalendarInput,
  saveCatalogueEntryInput,
  saveConnectorInput,
  saveLadderInput,
  saveLeaverKeyInput,
  savePolicyInput,
  saveProjectInput,
  saveRotaInput,
  saveSiteInput,
  verifyNowInput,
} from '../../src/contract/inputs';
import type { HistoryEntryView, PortalRequestView, RequestView } from '../../src/contract/request-view';
import type { HealthView, ProbeStepView, SettingsView } from '../../src/contract/settings-view';

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
  grantException: (input: Input<typeof exceptionInput>) => call<RequestView>('grantException', input),
  endException: () => call<RequestView>('endException', {}),
  openEmergency: (input: Input<typeof emergencyInput>) => call<RequestView>('openEmergency', input),
  reviewEmergency: (input: Input<typeof reviewEmergencyInput>) => call<RequestView>('reviewEmergency', input),
  markCompromised: (input: Input<typeof compromisedInput>) => call<RequestView>('markCompromised', input),
  extendAccess: (input: Input<typeof extendInput>) => call<RequestView>('extendAccess', input),
  giveBack: (input: Input<typeof giveBackInput>) => call<RequestView>('giveBack', input),
  getHistory: (input: Input<typeof historyInput>) =>
    call<{ readonly entries: readonly HistoryEntryView[] }>('getHistory', input),
};

/** What the request's page in the customer portal calls. */
export const portalCalls = {
  getRequest: () => call<PortalRequestView>('getRequest', {}),
  decideStage: (input: Input<typeof decideStageInput>) => call<PortalRequestView>('decideStage', input),
  extendAccess: (input: Input<typeof extendInput>) => call<PortalRequestView>('extendAccess', input),
  giveBack: (input: Input<typeof giveBackInput>) => call<PortalRequestView>('giveBack', input),
};

/** What the admin page calls. */
export const adminCalls = {
  getSettings: () => call<SettingsView>('getSettings', {}),
  saveConnector: (input: Input<typeof saveConnectorInput>) => call<{ readonly rev: number }>('saveConnector', input),
  probeConnector: (input: Input<typeof probeConnectorInput>) =>
    call<{ readonly steps: readonly ProbeStepView[] }>('probeConnector', input),
  listEntitlements: (input: Input<typeof listEntitlementsInput>) =>
    call<{
      readonly entitlements: ReadonlyArray<{ readonly id: string; readonly name: string; readonly label?: string }>;
      readonly complete?: boolean;
    }>('listEntitlements', input),
  saveCatalogueEntry: (input: Input<typeof saveCatalogueEntryInput>) =>
    call<{ readonly rev: number }>('saveCatalogueEntry', input),
  savePolicy: (input: Input<typeof savePolicyInput>) => call<{ readonly rev: number }>('savePolicy', input),
  saveProject: (input: Input<typeof saveProjectInput>) => call<{ readonly rev: number }>('saveProject', input),
  saveCalendar: (input: Input<typeof saveCalendarInput>) => call<{ readonly rev: number }>('saveCalendar', input),
  saveLadder: (input: Input<typeof saveLadderInput>) => call<{ readonly rev: number }>('saveLadder', input),
  saveRota: (input: Input<typeof saveRotaInput>) => call<{ readonly rev: number }>('saveRota', input),
  saveSite: (input: Input<typeof saveSiteInput>) => call<{ readonly rev: number }>('saveSite', input),
  saveLeaverKey: (input: Input<typeof saveLeaverKeyInput>) => call<{ readonly rev: number }>('saveLeaverKey', input),
  getLeaversAddress: () => call<{ readonly url: string }>('getLeaversAddress', {}),
  getHealth: () => call<HealthView>('getHealth', {}),
  decideBreaker: (input: Input<typeof breakerInput>) => call<HealthView>('decideBreaker', input),
  retryStuck: (input: Input<typeof retryStuckInput>) => call<HealthView>('retryStuck', input),
  exportAudit: (input: Input<typeof exportInput>) =>
    call<{ readonly lines: readonly string[]; readonly cursor?: string }>('exportAudit', input),
};

/** One clock of Jira Service Management itself. Times are in its own words. */
export interface DeskSla {
  readonly name: string;
  readonly state: 'running' | 'paused' | 'over' | 'met' | 'missed';
  readonly left?: string;
}

/**
 * What Jira's own SLA says, asked as the person who looks. Customers and people without the licence are refused: then,
 * as whenever it cannot be read, there is nothing to show.
 * https://developer.atlassian.com/cloud/jira/service-desk/rest/api-group-request/#api-rest-servicedeskapi-request-issueidorkey-sla-get
 */
export async function readDeskSla(key: string): Promise<readonly DeskSla[]> {
  try {
    const answer = await requestJira(`/rest/servicedeskapi/request/${encodeURIComponent(key)}/sla`, {
      headers: { accept: 'application/json' },
    });
    if (!answer.ok) return [];
    const body = (await answer.json()) as { readonly values?: readonly DeskCycles[] };
    return (body.values ?? []).flatMap(slaOf);
  } catch {
    return [];
  }
}

interface DeskCycles {
  readonly name?: unknown;
  readonly ongoingCycle?: DeskCycle;
  readonly completedCycles?: readonly DeskCycle[];
}

interface DeskCycle {
  readonly breached?: unknown;
  readonly paused?: unknown;
  readonly remainingTime?: { readonly friendly?: unknown };
}

function slaOf({ name, ongoingCycle, completedCycles }: DeskCycles): DeskSla[] {
  if (typeof name !== 'string') return [];
  const last = completedCycles?.at(-1);
  if (!ongoingCycle) return last ? [{ name, state: last.breached === true ? 'missed' : 'met' }] : [];
  const friendly = ongoingCycle.remainingTime?.friendly;
  return [
    {
      name,
      state: ongoingCycle.breached === true ? 'over' : ongoingCycle.paused === true ? 'paused' : 'running',
      ...(typeof friendly === 'string' ? { left: friendly.replace(/^-/, '') } : {}),
    },
  ];
}
