import {
  auditSeries,
  digestStart,
  nextDigestAt,
  sealDigest,
  splitHeads,
  type ChainHead,
} from '../../domain/audit/digest';
import { nextTurn, withDigest, type DigestState } from '../../domain/audit/digest-state';
import { later, type Instant } from '../../domain/instant';
import type { Ports } from '../ports';
import { anchorDigests } from './anchor-digests';

type Needed = Pick<Ports, 'digests' | 'auditLog' | 'configuration' | 'issues' | 'outbound' | 'clock' | 'log'>;

/** Queries may be late, and clocks differ: what was written up to this long before the last digest is looked at again. */
const overlapMs = 60 * 60_000;
/** A stored value may hold 240 KB (developer.atlassian.com/platform/forge/limits-kvs-ce); the rest of the row is small. */
const headBytes = 200_000;
/** So many changed chains make a digest before the search goes on: about what one value holds. */
const headsAtOnce = 1500;

/**
 * Writes the digest of an hour once the hour is over, also when nothing changed, and anchors what waits for it. Never
 * throws: a sweep goes on without it, and the next one tries again.
 * @param due when the digest wanted attention as far as the last sweep knew: until then nothing is read
 * @param noTime tells that the invocation is nearly over; what is left is found by the next one
 * @returns when it wants attention again, for the heartbeat to remember
 */
export async function writeDigestIfDue(
  ports: Needed,
  now: Instant,
  due: Instant | undefined,
  noTime: () => boolean,
): Promise<Instant | undefined> {
  if ((due !== undefined && now < due) || noTime()) return due;
  try {
    const before = await ports.digests.state();
    const written = await extend(ports, before, now, noTime);
    if (!written) return due;
    const anchored = await anchorDigests(ports, written, noTime);
    // A backlog that time did not allow to finish is not left lying for an hour.
    return anchored.newest.to < anchored.newest.at ? now : nextTurn(anchored, now);
  } catch (error) {
    ports.log.note('digest-failed', { error: error instanceof Error ? error.name : 'unknown' });
    return due;
  }
}

/** The state after whatever had to be written; undefined when somebody else is writing, and nothing more is to be done. */
async function extend(
  ports: Needed,
  before: DigestState | undefined,
  now: Instant,
  noTime: () => boolean,
): Promise<DigestState | undefined> {
  const behind = before !== undefined && before.newest.to < before.newest.at;
  if (before && !behind && now < nextDigestAt(before.newest.at)) return before;
  const hasAnchor = (await ports.configuration.get('site', 'current'))?.value.anchor !== undefined;
  const from = before?.newest.to ?? earlier(await ports.auditLog.oldest(), now);
  const start = later(from, -overlapMs);
  const covered = await coveredSince(ports, before, start);
  const changed = new Map<string, ChainHead>();
  let state = before;
  for (let day = dayOf(start); day <= dayOf(now); day = dayOf(later(`${day}T00:00:00.000Z`, 86_400_000))) {
    let cursor: string | undefined;
    do {
      const page = await ports.auditLog.since(day, start, cursor);
      cursor = page.cursor;
      for (const { chain, seq, hash } of page.entries) {
        if (seq > Math.max(covered.get(chain) ?? 0, changed.get(chain)?.seq ?? 0)) changed.set(chain, { seq, hash });
      }
      const upTo = page.entries.at(-1)?.at;
      const stop = noTime();
      if (changed.size < headsAtOnce && !stop) continue;
      state = await write(ports, state, changed, covered, { from, to: upTo ?? from, now, hasAnchor });
      if (!state || stop) return state;
      changed.clear();
    } while (cursor !== undefined);
  }
  return write(ports, state, changed, covered, { from, to: now, now, hasAnchor });
}

interface Span {
  /** Where the series begins, when there is no digest yet. */
  readonly from: Instant;
  readonly to: Instant;
  readonly now: Instant;
  readonly hasAnchor: boolean;
}

/** Writes the digests over these nominated heads, as many as their size asks for, and notes what they cover. */
async function write(
  ports: Needed,
  before: DigestState | undefined,
  nominated: ReadonlyMap<string, ChainHead>,
  covered: Map<string, number>,
  span: Span,
): Promise<DigestState | undefined> {
  // A query nominates, a read by key decides: each chain is followed to where it really stands.
  const heads = await ports.auditLog.heads(nominated);
  for (const [chain, { seq }] of heads) covered.set(chain, seq);
  const groups = splitHeads(Object.fromEntries(heads), headBytes);
  let state = before;
  for (const [index, group] of groups.entries()) {
    const from = state?.newest.to ?? span.from;
    // Only the last of several digests ends the span: until it stands the span is not covered.
    const end = index === groups.length - 1 ? span.to : from;
    const digest = sealDigest({
      series: auditSeries,
      seq: (state?.newest.seq ?? 0) + 1,
      at: span.now,
      from,
      to: end > from ? end : from,
      previous: state?.newest.hash ?? digestStart(auditSeries),
      heads: group,
    });
    const next = withDigest(state, digest, span.hasAnchor);
    if (!(await ports.digests.append(digest, next))) return undefined;
    state = next;
  }
  return state;
}

/** Which heads the digests since an instant hold already, so that the overlap is not listed twice. */
async function coveredSince(
  ports: Needed,
  state: DigestState | undefined,
  start: Instant,
): Promise<Map<string, number>> {
  const covered = new Map<string, number>();
  for (let seq = state?.newest.seq ?? 0; seq > 0; seq--) {
    const digest = (await ports.digests.get(seq))?.digest;
    if (!digest || digest.to <= start) break;
    for (const [chain, head] of Object.entries(digest.heads))
      covered.set(chain, Math.max(head.seq, covered.get(chain) ?? 0));
  }
  return covered;
}

function earlier(oldest: Instant | undefined, now: Instant): Instant {
  return oldest !== undefined && oldest < now ? oldest : now;
}

function dayOf(instant: Instant): string {
  return instant.slice(0, 10);
}
