import { isBound, startedByTheBook } from '../truth/governed';
import { isStored, readingsOf, reopenedAt, wantedAt } from '../truth/evidence';
import type { Checker } from './checker';

/** G1, for *Cancel*: a grant that was approved once closes only when the target is as it was before. */
export const cancelled: Checker = {
  name: 'G1',
  onGate(seen, installation, { site }) {
    const issue = installation.desk.issues.get(seen.issueId);
    if (!issue || seen.gate !== 'cancel' || !('allow' in seen.reply) || !seen.reply.allow) return undefined;
    const wanted = wantedAt(issue, seen);
    if (!wanted?.entitlement || !isBound(issue, wanted, site) || wanted.kind === 'revoke') return undefined;
    // Content that changed on the way has a past that only the record can tell.
    if (issue.contents.length !== 1) return undefined;
    const readings = readingsOf(installation, issue, wanted).filter((told) => told.seen.hold !== 'unknown');
    const held = readings.map((told) => told.seen.hold === 'direct' || told.seen.hold === 'indirect');
    // Access that was seen before the first approval may stay.
    if (held.length === 0 || held[0] === true) return undefined;
    const last = readings.filter((told) => told.at >= seen.askedAt || isStored(installation, told)).at(-1);
    if (!last || !startedByTheBook(issue)) return undefined;
    if (last.seen.hold === 'direct' || last.seen.hold === 'indirect') {
      if (last.at < seen.askedAt && last.at > reopenedAt(issue, seen.askedAt))
        return `${issue.key} was cancelled although the newest reading shows the access that it brought`;
      if (last.at >= seen.askedAt)
        return `${issue.key} was cancelled although the target shows the access that it brought`;
    }
    return undefined;
  },
};
