import {
  callOffInput,
  decideStageInput,
  historyInput,
  nothing,
  resolveWhenProvenInput,
  verifyNowInput,
} from '../../contract/inputs';
import type { HistoryEntryView, RequestView } from '../../contract/request-view';
import { requestChain } from '../../domain/request/lifecycle/commit';
import type { AccessRequest } from '../../domain/request/access-request';
import { askAnew } from '../../usecases/ask-anew';
import { callOffRemoval } from '../../usecases/call-off-removal';
import { decideStage } from '../../usecases/decide-stage';
import { reportFulfilment } from '../../usecases/report-fulfilment';
import { resolveWhenProven } from '../../usecases/resolve-when-proven';
import { showRequest, shown } from '../../usecases/show-request';
import { verifyEntitlement } from '../../usecases/verify-entitlement';
import { Failure } from '../failure';
import { historyView } from './history-view';
import { requestView } from './request-view';
import { resolverFunction, type Backend } from './resolver';

interface Viewer {
  readonly accountId: string;
  readonly mayWork?: boolean;
}

/** The request as it is after a command, for the person who gave it. */
async function answer(backend: Backend, request: AccessRequest | undefined, viewer: Viewer): Promise<RequestView> {
  if (!request)
    throw new Failure('not-governed', 'Proofgate does not govern this issue, or has not registered it yet.');
  return requestView(shown(request, viewer.accountId, backend.ports.clock.now()), {
    work: viewer.mayWork ?? true,
    callOff: await mayCallOff(backend, request, viewer),
  });
}

async function mayCallOff(backend: Backend, request: AccessRequest, viewer: Viewer): Promise<boolean> {
  if (!request.items.some((item) => item.changeKind === 'revoke')) return false;
  const policy = (await backend.ports.configuration.get('policy', 'current'))?.value;
  return policy?.governanceOwnerIds.includes(viewer.accountId) ?? false;
}

/** What the issue panel and the issue context can call. */
export const panelFunctions = {
  getRequest: resolverFunction({
    needs: 'see-issue',
    input: nothing,
    async run(backend, granted) {
      const found = await showRequest(backend.ports, granted);
      return answer(backend, found?.request, granted);
    },
  }),

  verifyNow: resolverFunction({
    needs: 'work-issue',
    input: verifyNowInput,
    async run(backend, granted, input) {
      const actor = { kind: 'person', accountId: granted.accountId } as const;
      const request = await verifyEntitlement(backend.ports, {
        issueId: granted.issueId,
        actor,
        ...(input.item ? { item: input.item } : {}),
      });
      return answer(backend, request, granted);
    },
  }),

  decideStage: resolverFunction({
    needs: 'see-issue',
    input: decideStageInput,
    async run(backend, granted, input) {
      const request = await decideStage(backend.ports, {
        issueId: granted.issueId,
        accountId: granted.accountId,
        decision: input.decision,
        contentHash: input.contentHash,
        ...(input.comment ? { comment: input.comment } : {}),
      });
      return answer(backend, request, granted);
    },
  }),

  reportFulfilment: resolverFunction({
    needs: 'work-issue',
    input: nothing,
    async run(backend, granted) {
      return answer(backend, await reportFulfilment(backend.ports, granted), granted);
    },
  }),

  resolveWhenProven: resolverFunction({
    needs: 'work-issue',
    input: resolveWhenProvenInput,
    async run(backend, granted, input) {
      return answer(backend, await resolveWhenProven(backend.ports, { ...granted, on: input.on }), granted);
    },
  }),

  askAnew: resolverFunction({
    needs: 'work-issue',
    input: nothing,
    async run(backend, granted) {
      return answer(backend, await askAnew(backend.ports, granted), granted);
    },
  }),

  callOffRemoval: resolverFunction({
    needs: 'see-issue',
    input: callOffInput,
    async run(backend, granted, input) {
      return answer(backend, await callOffRemoval(backend.ports, { ...granted, reason: input.reason }), granted);
    },
  }),

  getHistory: resolverFunction({
    needs: 'see-issue',
    input: historyInput,
    async run(backend, granted, input): Promise<{ entries: readonly HistoryEntryView[] }> {
      const entries = await backend.ports.auditLog.chain(requestChain(granted.issueId), 1000);
      const request = await backend.ports.requests.get(granted.issueId);
      return { entries: entries.slice(-(input.limit ?? 100)).map((entry) => historyView(entry, request)) };
    },
  }),
};
