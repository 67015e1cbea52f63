import { decideStageInput, nothing } from '../../contract/inputs';
import type { PortalRequestView } from '../../contract/request-view';
import { decideStage } from '../../usecases/decide-stage';
import { shown, showRequest } from '../../usecases/show-request';
import { Failure } from '../failure';
import { portalView } from './portal-view';
import { resolverFunction } from './resolver';

/** What the request detail panel of the customer portal can call. */
export const portalFunctions = {
  getRequest: resolverFunction({
    needs: 'see-request',
    input: nothing,
    async run(backend, granted): Promise<PortalRequestView> {
      const found = await showRequest(backend.ports, granted);
      if (!found)
        throw new Failure('not-governed', 'Proofgate does not govern this request, or has not registered it yet.');
      return portalView(found, granted.accountId);
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
      if (!request)
        throw new Failure('not-governed', 'Proofgate does not govern this request, or has not registered it yet.');
      return portalView(shown(request, granted.accountId, backend.ports.clock.now()), granted.accountId);
    },
  }),
};
