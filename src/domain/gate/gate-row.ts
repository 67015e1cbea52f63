import type { ChangeKind } from '../catalogue/entitlement';
import type { AccessRequest, Permit, RequestState } from '../request/access-request';
import type { FieldIds } from '../request/project-mapping';
import { earliest, type Instant } from '../instant';
import type { EnforcementMode } from '../policy/enforcement';
import { openStage, stageProgress } from '../approval/progress';
import { approvalsGiven, standInsOf, type StandIn } from '../request/approved';
import { requestContentHash } from '../request/content';
import { endingsKnownUntil } from '../request/missed-ending';

/**
 * Everything a gate needs to answer, in one row read by the issue's immutable id. Written in the same transaction as the
 * request it stands for, so it never says more than the record.
 */
export interface GateRow {
  readonly rev: number;
  readonly issueId: string;
  readonly state: RequestState;
  readonly mode: EnforcementMode;
  readonly legacy: boolean;
  readonly changeKinds: readonly ChangeKind[];
  readonly fields: FieldIds;
  readonly fieldsHash: string;
  readonly approved: boolean;
  /** Spans in which an emergency or an exception stands in for the approvals. */
  readonly standIns: readonly StandIn[];
  /** Approvals were asked for and some were given: from then on *Cancel* is gated. */
  readonly approvalBegun: boolean;
  /** An approved removal was asked for once, whatever is asked now. */
  readonly removalOnce?: true;
  /** Accounts whose approvals carry the request; they must still be active when a gate is asked. */
  readonly approvers: readonly string[];
  /** Whom an approval is waiting for. */
  readonly waitingFor: readonly string[];
  readonly problems: readonly string[];
  /** The approved period: nothing is proven into the future, and nothing is let through after its end. */
  readonly startsAt: Instant | undefined;
  readonly endsAt: Instant | undefined;
  /** Up to when the endings of the issue are known; absent in rows of older versions. */
  readonly endingsKnownUntil?: Instant;
  readonly epoch: number;
  readonly permits: readonly Permit[];
  readonly cancelPermits: readonly Permit[];
  /** Connectors whose state people attested: the exception among the permits stands on that. */
  readonly attested?: readonly string[];
}

/** The gate row of a request. */
export function gateRowOf(request: AccessRequest): GateRow {
  const progress = stageProgress(request.stages, request.decisions, request.round, requestContentHash(request.items));
  const counted = [...new Set(progress.flatMap((p) => p.approvedBy))];
  return {
    rev: request.rev,
    issueId: request.issueId,
    state: request.state,
    mode: request.policy?.mode ?? 'enforce',
    legacy: request.legacy,
    changeKinds: [...new Set(request.items.map((item) => item.changeKind))],
    fields: request.fields,
    fieldsHash: request.fieldsHash,
    approved: approvalsGiven(request),
    standIns: standInsOf(request),
    approvalBegun: request.approvedOnce || counted.length > 0,
    startsAt: latestOf(request.items.map((item) => item.period.start)),
    ...(request.removalOnce ? { removalOnce: true } : {}),
    endsAt: earliest(...request.items.map((item) => item.endsAt ?? item.period.end)),
    approvers: counted,
    waitingFor: openStage(progress)?.outstanding ?? [],
    problems: request.problems.map((problem) => problem.text),
    endingsKnownUntil: endingsKnownUntil(request),
    epoch: request.epoch,
    permits: request.permits.filter((permit) => proofBases.includes(permit.basis)),
    cancelPermits: request.permits.filter((permit) => permit.basis === 'baseline' || permit.basis === 'called-off'),
    ...(request.exception?.kind === 'manual-attestation' && request.exception.ended === undefined
      ? { attested: [...new Set(request.items.map((item) => item.connector.id))] }
      : {}),
  };
}

/** What lets *Resolve* through: evidence, an exception, or a mode that only observes. */
export const proofBases: ReadonlyArray<Permit['basis']> = ['evidence', 'exception', 'mode'];

function latestOf(instants: ReadonlyArray<Instant | undefined>): Instant | undefined {
  return instants
    .filter((i): i is Instant => i !== undefined)
    .sort()
    .at(-1);
}
