import { approvalOutcome, stageProgress } from '../approval/progress';
import { exceptionHolds } from '../exception/exception';
import type { Instant } from '../instant';
import type { AccessRequest, RequestState } from './access-request';
import { requestContentHash } from './content';

const closedToWork: readonly RequestState[] = ['declined', 'lapsed', 'deleted'];

/** Whether everybody whom policy asks has approved exactly this content. */
export function approvalsGiven(request: AccessRequest): boolean {
  const progress = stageProgress(request.stages, request.decisions, request.round, requestContentHash(request.items));
  return (
    request.problems.length === 0 &&
    request.items.length > 0 &&
    approvalOutcome(progress) === 'approved' &&
    !closedToWork.includes(request.state)
  );
}

/** A span in which something stands in for the approvals. */
export interface StandIn {
  readonly by: 'emergency' | 'exception';
  readonly from: Instant;
  readonly until: Instant;
}

/** What stands in for approvals: an emergency that nobody rejected, an exception of the approval gate. */
export function standInsOf(request: AccessRequest): readonly StandIn[] {
  const found: StandIn[] = [];
  const { emergency, exception } = request;
  if (request.problems.length > 0 || request.items.length === 0 || request.state === 'deleted') return found;
  const content = { contentHash: requestContentHash(request.items), epoch: request.epoch };
  const opened = emergency?.contentHash === content.contentHash && emergency.epoch === content.epoch;
  if (emergency !== undefined && opened) {
    const { at, until, review } = emergency;
    // A rejection ends it; what the gate let through before is still heard of afterwards.
    const over = review?.accepted === false && review.at < until ? review.at : until;
    found.push({ by: 'emergency', from: at, until: over });
  }
  if (exception?.gate === 'approval' && exceptionHolds(exception, content, exception.grantedAt))
    found.push({ by: 'exception', from: exception.grantedAt, until: exception.expiresAt });
  return found;
}

/** Who opened work without approvals; what they answer in JSM is that opening, and no approval. */
export function openersOf(request: AccessRequest): readonly string[] {
  const { emergency, exception } = request;
  return [
    ...(emergency ? [emergency.by] : []),
    ...(exception?.gate === 'approval' ? exception.granters.slice(0, 1) : []),
  ];
}

/** Whether work may go on at an instant: approved, or something stands in for the approvals. */
export function mayWorkAt(request: AccessRequest, at: Instant): boolean {
  return approvalsGiven(request) || standInsOf(request).some((span) => span.from <= at && at < span.until);
}
