import { independenceConflict } from '../domain/approval/independence';
import { openStage, stageProgress } from '../domain/approval/progress';
import { covered, storedAnswer } from '../domain/gate/answer';
import { gateRowOf } from '../domain/gate/gate-row';
import { explainDenials } from '../domain/gate/explain';
import type { AccessRequest } from '../domain/request/access-request';
import { requestContentHash } from '../domain/request/content';
import { rolesOf } from '../domain/request/lifecycle/decide';
import type { Ports } from './ports';

/** What a screen needs to know about a request besides the record itself. */
export interface Shown {
  readonly request: AccessRequest;
  readonly contentHash: string;
  readonly now: string;
  readonly gate: { readonly open: boolean; readonly reasons: readonly string[]; readonly openUntil?: string };
  /** The person is asked to decide and may. */
  readonly mayDecide: boolean;
}

/**
 * A request for a screen: one storage read, no call to Jira or the target. Whether the gate is open is said from what is
 * stored; the gate itself asks again.
 */
export async function showRequest(
  ports: Pick<Ports, 'requests' | 'clock'>,
  asked: { readonly issueId: string; readonly accountId: string },
): Promise<Shown | undefined> {
  const request = await ports.requests.get(asked.issueId);
  return request && shown(request, asked.accountId, ports.clock.now());
}

/** The same for a request that is at hand already. */
export function shown(request: AccessRequest, accountId: string, now: string): Shown {
  const contentHash = requestContentHash(request.items);
  const open = openStage(stageProgress(request.stages, request.decisions, request.round, contentHash));
  const mayDecide =
    request.state === 'awaiting-approval' &&
    (open?.outstanding.includes(accountId) ?? false) &&
    independenceConflict(accountId, rolesOf(request)) === undefined;
  return { request, contentHash, now, gate: storedGate(request, now), mayDecide };
}

function storedGate(request: AccessRequest, now: string): Shown['gate'] {
  if (request.state === 'closed' || request.state === 'excepted')
    return { open: request.closing?.gated === true, reasons: [] };
  const row = gateRowOf(request);
  const answer = storedAnswer(row, now);
  const permit = row.permits.filter((p) => covered([p], row.epoch, now)).at(-1);
  if (answer.answer === 'allow') return { open: true, reasons: [], ...(permit ? { openUntil: permit.until } : {}) };
  const denials = answer.answer === 'deny' ? answer.denials : [{ code: 'not-proven' as const }];
  return { open: false, reasons: [explainDenials(denials, request, request.names)] };
}
