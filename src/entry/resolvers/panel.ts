import {
  attestInput,
  confirmAttestationInput,
  callOffInput,
  compromisedInput,
  decideStageInput,
  emergencyInput,
  exceptionInput,
  extendInput,
  giveBackInput,
  historyInput,
  nothing,
  resolveWhenProvenInput,
  reviewEmergencyInput,
  verifyNowInput,
} from '../../contract/inputs';
import type { HistoryEntryView, RequestView } from '../../contract/request-view';
import { requestChain } from '../../domain/request/lifecycle/commit';
import type { AccessRequest } from '../../domain/request/access-request';
import { askAnew } from '../../usecases/ask-anew';
import { attestAccess } from '../../usecases/attest-access';
import { callOffRemoval } from '../../usecases/call-off-removal';
import { decideStage } from '../../usecases/decide-stage';
import { reportFulfilment } from '../../usecases/report-fulfilment';
import { resolveWhenProven } from '../../usecases/resolve-when-proven';
import { showRequest, shown } from '../../usecases/show-request';
import { verifyEntitlement } from '../../usecases/verify-entitlement';
import { endException } from '../../usecases/end-exception';
import { extendAccess } from '../../usecases/extend-access';
import { giveBackAccess } from '../../usecases/give-back-access';
import { grantException } from '../../usecases/grant-exception';
import { markCompromised } from '../../usecases/mark-compromised';
import { nudgeIfLate } from '../../usecases/nudge-sweep';
import { openEmergency } from '../../usecases/open-emergency';
import { reviewEmergency } from '../../usecases/review-emergency';
import { emergencyReviewers } from '../../usecases/steps/require-governance';
import { Failure } from '../failure';
import { defined } from './defined';
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
  const { policy, pulse } = await backend.ports.glance.read();
  const { accountId } = viewer;
  const governs = policy?.governanceOwnerIds.includes(accountId) === true;
  const reviews = emergencyReviewers(policy, request).includes(accountId);
  const rights = { accountId, work: viewer.mayWork ?? true, callOff: governs, governs, reviews };
  const late = pulse && (await nudgeIfLate(backend.ports, pulse.at));
  return requestView(shown(request, accountId, backend.ports.clock.now()), rights, late?.lateSince);
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

  grantException: resolverFunction({
    needs: 'see-issue',
    input: exceptionInput,
    async run(backend, granted, input) {
      const request = await grantException(backend.ports, {
        issueId: granted.issueId,
        accountId: granted.accountId,
        gate: input.gate,
        reason: input.reason,
        ownerAccountId: input.ownerAccountId,
        expiresAt: input.expiresAt,
        renew: input.renew === true,
      });
      return answer(backend, request, granted);
    },
  }),

  endException: resolverFunction({
    needs: 'see-issue',
    input: nothing,
    async run(backend, granted) {
      return answer(backend, await endException(backend.ports, granted), granted);
    },
  }),

  attest: resolverFunction({
    needs: 'see-issue',
    input: attestInput,
    async run(backend, granted, input) {
      const { issueId, accountId, mayWork } = granted;
      const { statement, ...first } = input;
      return answer(
        backend,
        await attestAccess(backend.ports, { issueId, accountId, mayWork, statement, first }),
        granted,
      );
    },
  }),

  confirmAttestation: resolverFunction({
    needs: 'see-issue',
    input: confirmAttestationInput,
    async run(backend, granted, input) {
      const { issueId, accountId, mayWork } = granted;
      const { statement } = input;
      return answer(backend, await attestAccess(backend.ports, { issueId, accountId, mayWork, statement }), granted);
    },
  }),

  openEmergency: resolverFunction({
    needs: 'work-issue',
    input: emergencyInput,
    async run(backend, granted, input) {
      const { issueId, accountId } = granted;
      const madeAt = input.madeAt === undefined ? {} : { madeAt: input.madeAt };
      const request = await openEmergency(backend.ports, { issueId, accountId, reason: input.reason, ...madeAt });
      return answer(backend, request, granted);
    },
  }),

  reviewEmergency: resolverFunction({
    needs: 'see-issue',
    input: reviewEmergencyInput,
    async run(backend, granted, input) {
      const { issueId, accountId } = granted;
      const { accepted, comment } = input;
      return answer(backend, await reviewEmergency(backend.ports, { issueId, accountId, accepted, comment }), granted);
    },
  }),

  markCompromised: resolverFunction({
    needs: 'work-issue',
    input: compromisedInput,
    async run(backend, granted, input) {
      const { issueId, accountId } = granted;
      const { notifiedAt, reason } = input;
      return answer(backend, await markCompromised(backend.ports, { issueId, accountId, notifiedAt, reason }), granted);
    },
  }),

  extendAccess: resolverFunction({
    needs: 'see-issue',
    input: extendInput,
    async run(backend, granted, input) {
      const { issueId, accountId } = granted;
      return answer(backend, await extendAccess(backend.ports, { issueId, accountId, ...defined(input) }), granted);
    },
  }),

  giveBack: resolverFunction({
    needs: 'see-issue',
    input: giveBackInput,
    async run(backend, granted, input) {
      const { issueId, accountId } = granted;
      return answer(backend, await giveBackAccess(backend.ports, { issueId, accountId, ...defined(input) }), granted);
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
