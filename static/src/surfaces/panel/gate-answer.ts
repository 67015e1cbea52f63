import type { EvidenceView, ItemView, RequestView } from '../../../../src/contract/request-view';
import { isOver, isWorkable } from '../../parts/request-state';
import type { Tone } from '../../parts/tone';
import { en } from '../../texts/en';
import { isAttestedNow } from './attested';

/** What the gate box says first. */
export interface GateAnswer {
  readonly kind: 'proven' | 'closed' | 'ended' | 'open' | 'overridden' | 'waiting' | 'unknown' | 'shut';
  readonly title: string;
  readonly tone: Tone;
}

/** The newest reading that counts for an item, if there is one. */
export function latestReading(item: ItemView): EvidenceView | undefined {
  return item.evidence.find((reading) => reading.counts);
}

export function gateAnswer(request: RequestView): GateAnswer {
  if (request.state === 'closed') {
    return request.closedOnProof === true && request.items.every((item) => item.outcome === 'proven')
      ? { kind: 'proven', title: en.gate.proven, tone: 'success' }
      : { kind: 'closed', title: en.gate.closedWithoutProof, tone: 'neutral' };
  }
  if (request.state === 'excepted') {
    const title = isAttestedNow(request) ? en.attestation.gateClosed : en.gate.closedUnderException;
    return { kind: 'closed', title, tone: 'warning' };
  }
  if (isOver(request.state))
    return {
      kind: 'ended',
      title: en.states[request.state] ?? request.state,
      tone: request.state === 'cancelled' ? 'neutral' : 'danger',
    };
  if (request.gate.open && request.exception && !request.exception.ended && request.exception.gate === 'verification')
    return {
      kind: 'overridden',
      title: isAttestedNow(request) ? en.attestation.gateOpen : en.gate.overridden,
      tone: 'warning',
    };
  if (request.gate.open) return { kind: 'open', title: en.gate.open, tone: 'success' };
  const readings = isWorkable(request.state)
    ? request.items.map(latestReading).filter((reading) => reading !== undefined && reading.verdict !== 'confirmed')
    : [];
  if (readings.some((reading) => reading?.verdict === 'unreadable'))
    return { kind: 'unknown', title: en.gate.unknown, tone: 'unknown' };
  if (readings.length > 0 && readings.every((reading) => reading?.notYet || reading?.verdict === 'pending'))
    return { kind: 'waiting', title: en.gate.waiting, tone: 'information' };
  return { kind: 'shut', title: en.gate.closed, tone: 'warning' };
}

/** Reasons of the gate that no reading on the screen says already. */
export function furtherReasons(request: RequestView): readonly string[] {
  const told = request.items
    .map((item) => latestReading(item)?.because)
    .filter((because): because is string => because !== undefined && because !== '');
  const unread = isWorkable(request.state) && request.items.some((item) => latestReading(item) === undefined);
  return request.gate.reasons.filter(
    (reason) => !told.some((because) => reason.includes(because)) && !(unread && reason.includes('"Verify now"')),
  );
}
