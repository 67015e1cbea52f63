import { decideStageInput, extendInput, giveBackInput, nothing } from '../../contract/inputs';
import type { PortalRequestView } from '../../contract/request-view';
import type { AccessRequest } from '../../domain/request/access-request';
import { decideStage } from '../../usecases/decide-stage';
import { extendAccess } from '../../usecases/extend-access';
import { giveBackAccess } from '../../usecases/give-back-access';
import { nudgeSweep } from '../../usecases/nudge-sweep';
import { shown, showRequest } from '../../usecases/show-request';
import { Failure } from '../failure';
import { portalView } from './portal-view';
import { defined } from './defined';
import { resolverFunction, type Backend } from './resolver';

/** What the request detail panel of the customer portal can call. */
export const portalFunctions = {
  getRequest: resolverFunction({
    needs: 'see-request',
    input: nothing,
    async run(backend, granted): Promise<PortalRequestView> {
      const [found, late] = await Promise.all([showRequest(backend.ports, granted), nudgeSweep(backend.ports)]);
      if (!found) throw notGoverned();
      return portalView(found, granted.accountId, late.lateSince);
    },
  }),

  extendAccess: resolverFunction({
    needs: 'see-request',
    input: extendInput,
    async run(backend, granted, input): Promise<PortalRequestView> {
      const { issueId, accountId } = granted;
      return answer(backend, await extendAccess(backend.ports, { issueId, accountId, ...defined(input) }), accountId);
    },
  }),

  giveBack: resolverFunction({
    needs: 'see-request',
    input: giveBackInput,
    async run(backend, granted, input): Promise<PortalRequestView> {
      const { issueId, accountId } = granted;
      return answer(backend, await giveBackAccess(backend.ports, { issueId, accountId, ...defined(input) }), accountId);
    },
  }),

  decideStage: resolverFunction({
    needs: 'see-request',
    input: decideStageInput,
    async run(backend, granted, input): Promise<PortalRequestView> {
      const request = await decideStage(backend.ports, {
        issueId: granted.issueId,
        accountId: granted.accountId,
        decision: input.decision,
        contentHash: input.contentHash,
        ...(input.comment ? { comment: input.comment } : {}),
      });
      return answer(backend, request, granted.accountId);
    },
  }),
};

function answer(backend: Backend, request: AccessRequest | undefined, accountId: string): PortalRequestView {
  if (!request) throw notGoverned();
  return portalView(shown(request, accountId, backend.ports.clock.now()), accountId);
}

function notGoverned(): Failure {
  return new Failure('not-governed', 'Proofgate does not govern this request, or has not registered it yet.');
}
