import type { DigestState } from '../domain/audit/digest-state';
import { epochMs, type Instant } from '../domain/instant';
import type { Ports } from './ports';

export interface ShownDigestState {
  readonly state: 'none' | 'fresh' | 'late' | 'no-anchor';
  readonly newest?: {
    readonly seq: number;
    readonly hash: string;
    readonly at: Instant;
    readonly coveredUntil: Instant;
  };
  readonly anchored?: NonNullable<DigestState['anchored']> & { readonly ageSeconds: number };
  readonly waiting: number;
  readonly problem?: string;
}

/** A digest is made every hour and anchored by the sweep that makes it; two hours without one are a fault. */
const freshForMs = 2 * 3_600_000;

/** How far the audit chains are folded into digests, and how old the newest anchored one is. Two reads. */
export async function showDigestState(
  ports: Pick<Ports, 'digests' | 'configuration' | 'clock'>,
): Promise<ShownDigestState> {
  const [state, site] = await Promise.all([ports.digests.state(), ports.configuration.get('site', 'current')]);
  if (!state) return { state: 'none', waiting: 0 };
  const { newest, anchored } = state;
  const ageMs = anchored && epochMs(ports.clock.now()) - epochMs(anchored.at);
  const age = ageMs === undefined || ageMs > freshForMs ? 'late' : 'fresh';
  return {
    state: site?.value.anchor === undefined ? 'no-anchor' : age,
    newest: { seq: newest.seq, hash: newest.hash, at: newest.at, coveredUntil: newest.to },
    ...(anchored && ageMs !== undefined ? { anchored: { ...anchored, ageSeconds: Math.floor(ageMs / 1000) } } : {}),
    waiting: state.waitingFrom === undefined ? 0 : newest.seq - state.waitingFrom + 1,
    ...(state.problem === undefined ? {} : { problem: state.problem }),
  };
}
