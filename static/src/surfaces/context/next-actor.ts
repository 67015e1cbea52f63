import type { ItemView, RequestView } from '../../../../src/contract/request-view';
import { en, fill } from '../../texts/en';
import type { Moments } from '../../texts/moments';

/** Who has to do something next, and what: one short sentence. */
export function nextActor(request: RequestView, moments: Moments): string {
  const item = request.items[0];
  const next = (text: string) => fill(en.context.next, { text });
  const values = { who: item?.identity.name ?? '', target: item?.entitlement.target ?? '' };
  if (
    request.problems.length > 0 &&
    !['closed', 'excepted', 'declined', 'cancelled', 'deleted'].includes(request.state)
  )
    return next(en.context.nextCorrect);
  switch (request.state) {
    case 'submitted':
      return next(en.context.nextRegister);
    case 'awaiting-approval':
      return next(approver(request));
    case 'approved':
    case 'fulfilling':
    case 'reopened':
      return next(item ? fill(worker(request, item), values) : en.context.nextRegister);
    case 'verifying':
      return next(fill(witness(request) ?? en.context.nextProof, values));
    case 'verified':
      return next(request.resolveWhenProven ? en.context.nextResolveSelf : en.context.nextResolve);
    case 'cancelling':
      return next(en.context.nextCancel);
    case 'lapsed':
      return next(en.context.nextAgain);
    case 'excepted':
      return request.exception && !request.exception.ended
        ? next(fill(en.context.nextAsked, { when: moments.dateTime(request.exception.expiresAt) }))
        : en.context.over;
    case 'closed':
      return item && item.change !== 'revoke'
        ? item.endsAt
          ? fill(en.context.ends, { when: moments.dateTime(item.endsAt) })
          : en.context.noEnd
        : en.context.over;
    default:
      return en.context.over;
  }
}

/** Who makes the change: the app itself, whoever frees a seat for it, or an agent. */
function worker(request: RequestView, { change, direct }: ItemView): string {
  if (direct?.noSeat)
    return direct.noSeat.owner
      ? fill(en.context.nextSeat, { who: direct.noSeat.owner.name })
      : en.context.nextSeatNobody;
  if (direct && direct.state !== 'handed-over') return en.context.nextDoItself;
  return (request.fulfilmentReportedAt ? witness(request) : undefined) ?? en.context.nextDo[change];
}

/** Where nothing can be read: who looks next. */
function witness(request: RequestView): string | undefined {
  if (!request.items.every((item) => item.entitlement.attested === true)) return undefined;
  if (request.exception && !request.exception.ended) return en.context.nextResolve;
  return request.attestation ? en.context.nextConfirm : en.context.nextAttest;
}

function approver(request: RequestView): string {
  const open = request.items[0]?.stages.find((stage) => stage.status === 'open');
  const missing = (open?.approvers ?? []).filter(
    (person) => !open?.decisions.some((decision) => decision.by.accountId === person.accountId),
  );
  const [first] = missing;
  if (!first) return en.context.nextApproveNobody;
  return missing.length === 1
    ? fill(en.context.nextApprove, { who: first.name })
    : fill(en.context.nextApproveMany, { who: first.name, n: missing.length - 1 });
}
