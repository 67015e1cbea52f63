import type { RequestView } from '../../../../src/contract/request-view';
import type { ProgressStep } from '../../parts/progress-steps';
import { en } from '../../texts/en';
import { isAttestedNow, isAttestedOnly } from './attested';

const reachedIn: Readonly<Record<string, number>> = {
  submitted: 0,
  'awaiting-approval': 1,
  approved: 2,
  fulfilling: 2,
  reopened: 2,
  cancelling: 2,
  verifying: 3,
  verified: 4,
  closed: 5,
  excepted: 5,
};

const endedAs: Readonly<Record<string, string>> = {
  declined: en.steps.declined,
  lapsed: en.steps.lapsed,
  cancelled: en.steps.cancelled,
  deleted: en.steps.cancelled,
};

/** Asked, approved, being done, proven, closed: where the request is between them. */
export function panelSteps(request: RequestView, when: (iso: string) => string): readonly ProgressStep[] {
  const ended = endedAs[request.state];
  const stages = request.items[0]?.stages ?? [];
  const approvals = stages.flatMap((stage) => stage.decisions);
  const lastApproval = approvals
    .map((decision) => decision.at)
    .sort()
    .at(-1);
  const proof = request.items
    .map((item) => item.evidence.find((reading) => reading.counts && reading.verdict === 'confirmed')?.at)
    .find((at) => at !== undefined);
  const approved = stages.length > 0 && stages.every((stage) => stage.status === 'approved');
  const reached = ended ? (approved ? 2 : 1) : (reachedIn[request.state] ?? 0);
  const registered = request.items.length > 0;
  const step = (index: number, id: string, text: string, at?: string): ProgressStep => ({
    id,
    text: ended && index === reached ? ended : text,
    status: index < reached ? 'done' : index > reached ? 'later' : ended ? 'failed' : 'now',
    ...(at && index <= reached ? { when: when(at) } : {}),
  });
  return [
    step(0, 'asked', en.steps.asked, request.submittedAt),
    step(
      1,
      'approved',
      registered && stages.length === 0 && reached > 0 ? en.steps.notNeeded : en.steps.approved,
      reached > 1 || ended ? lastApproval : undefined,
    ),
    step(2, 'being-done', reached > 2 ? en.steps.done : en.steps.doing, request.fulfilmentReportedAt),
    withoutProof(request)
      ? { id: 'proven', text: isAttestedNow(request) ? en.steps.attestedOnly : en.steps.notProven, status: 'failed' }
      : step(
          3,
          'proven',
          isAttestedOnly(request) ? en.steps.attested : en.steps.proven,
          reached > 3 ? proof : undefined,
        ),
    step(4, 'closed', en.steps.closed, request.closedAt),
  ];
}

/** It was closed, but nothing proved it: under an exception, or around the gate. */
function withoutProof(request: RequestView): boolean {
  return request.state === 'excepted' || (request.state === 'closed' && request.closedOnProof === false);
}
