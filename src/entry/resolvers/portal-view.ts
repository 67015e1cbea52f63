import { openStage, stageProgress } from '../../domain/approval/progress';
import { isAttested } from '../../domain/connector-kinds';
import type { AccessRequest, RequestState } from '../../domain/request/access-request';
import { countingReading } from '../../domain/request/lifecycle/read';
import type { PortalRequestView } from '../../contract/request-view';
import { rolesOf } from '../../domain/request/lifecycle/decide';
import { itemSentence } from '../../domain/request/sentence';
import { dueOf, isOpen } from '../../domain/sla/clock';
import type { Shown } from '../../usecases/show-request';
import { holdingView } from './time-view';

type Step = PortalRequestView['steps'][number];

/** A request in the words of the portal: where it stands, whom it waits for, what comes next. */
export function portalView(seen: Shown, viewerId: string, sweepLateSince?: string): PortalRequestView {
  const { request } = seen;
  const item = request.items[0];
  const open = openStage(stageProgress(request.stages, request.decisions, request.round, seen.contentHash));
  const waiting = request.state === 'awaiting-approval' ? (open?.outstanding ?? []) : [];
  return {
    key: request.key,
    state: request.state,
    summary: sentence(request),
    ...attestedView(seen),
    steps: steps(request),
    waitingFor: waiting.map((id) => request.names[id] ?? 'an approver'),
    problems: request.problems.map((problem) => problem.text),
    ...(request.dueAt ? { dueAt: request.dueAt } : {}),
    ...(item && (item.endsAt ?? item.period.end) ? { endsAt: (item.endsAt ?? item.period.end) as string } : {}),
    ...(item?.period.duration && !item.endsAt ? { duration: item.period.duration } : {}),
    contentHash: seen.contentHash,
    mayDecide: seen.mayDecide,
    ...(item?.holding && own(seen, viewerId) ? { holding: holdingView(item.holding) } : {}),
    ...(request.origin ? { raisedFor: { key: request.origin.key, text: raisedForText(request) } } : {}),
    overdue: request.clocks.some((clock) => isOpen(clock) && dueOf(clock) <= seen.now),
    mayExtend: mayEnd(seen, viewerId) && item?.holding?.endsAt !== undefined,
    mayGiveBack: mayEnd(seen, viewerId),
    ...(sweepLateSince ? { sweepLateSince } : {}),
    what:
      item && (seen.mayDecide || viewerId === request.requesterId || viewerId === item.identity.accountId)
        ? {
            change: item.changeKind,
            identity: item.identity.name,
            entitlement: item.entitlement.name,
            target: item.connector.name,
            risk: item.risk,
            reasons: request.policy?.reasons ?? [],
          }
        : undefined,
    now: seen.now,
  };
}

/** Marked wherever it is shown: people's word is never told as a proof. */
function attestedView({ request, now }: Shown): Pick<PortalRequestView, 'attested'> {
  if (request.items.length === 0 || !request.items.every(({ connector }) => isAttested(connector))) return {};
  const { exception } = request;
  const holds = exception?.kind === 'manual-attestation' && exception.ended === undefined && exception.expiresAt > now;
  return { attested: holds ? { until: exception.expiresAt } : {} };
}

/** The person asked for the access, or holds it, or answers for who does. */
function own({ request }: Shown, viewerId: string): boolean {
  return [request.requesterId, ...rolesOf(request).beneficiaryIds].includes(viewerId);
}

function mayEnd(seen: Shown, viewerId: string): boolean {
  const holding = seen.request.items[0]?.holding;
  return holding !== undefined && !holding.over && !holding.revocation && own(seen, viewerId);
}

function raisedForText(request: AccessRequest): string {
  const { origin } = request;
  if (origin?.kind === 'extension') return `Extends the access of ${origin.key}`;
  return origin?.reason === 'end' ? `The access of ${origin.key} ends` : `Takes away what ${origin?.key ?? ''} granted`;
}

function sentence(request: AccessRequest): string {
  const item = request.items[0];
  return item ? itemSentence(item) : 'This request is not complete yet.';
}

const doing: readonly RequestState[] = ['approved', 'fulfilling', 'verifying', 'cancelling', 'reopened'];

function steps(request: AccessRequest): Step[] {
  const { state } = request;
  const failed = state === 'declined' || state === 'lapsed' || state === 'cancelled' || state === 'deleted';
  const reached =
    state === 'closed' || state === 'excepted'
      ? 5
      : state === 'verified'
        ? 4
        : doing.includes(state)
          ? 2
          : state === 'awaiting-approval'
            ? 1
            : 0;
  const at = (index: number): Step['status'] =>
    failed && index === 1
      ? 'failed'
      : failed
        ? index === 0
          ? 'done'
          : 'later'
        : index < reached
          ? 'done'
          : index === reached
            ? 'now'
            : 'later';
  const proven = request.items
    .map((item) => countingReading(request, item))
    .find((reading) => reading?.verdict === 'confirmed');
  const approvedText =
    state === 'declined'
      ? 'Declined'
      : state === 'lapsed'
        ? 'Nobody approved in time'
        : state === 'cancelled'
          ? 'Cancelled'
          : request.stages.length === 0 && request.items.length > 0
            ? 'No approval needed'
            : 'Approved';
  return [
    { id: 'asked', status: state === 'submitted' ? 'now' : 'done', at: request.submittedAt, text: 'Asked' },
    { id: 'approved', status: at(1), ...(request.approvedAt ? { at: request.approvedAt } : {}), text: approvedText },
    { id: 'being-done', status: at(2), text: 'Being done' },
    withoutProof(request)
      ? { id: 'proven', status: 'failed', text: unprovenText(request) }
      : { id: 'proven', status: at(3), ...(proven ? { at: proven.at } : {}), text: provenText(request) },
    { id: 'closed', status: at(4), ...(request.closing ? { at: request.closing.at } : {}), text: 'Closed' },
  ];
}

/** It was closed, but nothing proved it: under an exception, or around the gate. */
function withoutProof({ state, closing }: AccessRequest): boolean {
  return state === 'excepted' || (state === 'closed' && closing?.gated === false);
}

function provenText({ items }: AccessRequest): string {
  const attested = items.length > 0 && items.every(({ connector }) => isAttested(connector));
  return attested ? 'Attested by two people' : 'Proven in the target';
}

function unprovenText({ exception }: AccessRequest): string {
  return exception?.kind === 'manual-attestation' ? 'Attested by two people, not proven' : 'Not proven';
}
