import { declinedBy, unapproved } from '../truth/approvals';
import { wantedAt } from '../truth/evidence';
import { isBound } from '../truth/governed';
import { standsIn } from '../truth/stand-ins';
import type { Checker } from './checker';

/** G3: work starts and ends only on approvals by the right people, independent, active, for exactly this content. */
export const approval: Checker = {
  name: 'G3',
  onGate(seen, installation, { site }) {
    const issue = installation.desk.issues.get(seen.issueId);
    if (!issue || seen.gate === 'cancel' || !('allow' in seen.reply) || !seen.reply.allow) return undefined;
    const wanted = wantedAt(issue, seen);
    if (!wanted || !isBound(issue, wanted, site)) return undefined;
    if (standsIn(installation, issue, seen, 'approval')) return undefined;
    const why = unapproved(installation, issue, wanted, seen.askedAt);
    if (why) return `the ${seen.gate} gate let ${issue.key} through, but ${why}`;
    const no = declinedBy(installation, issue, wanted, seen.askedAt);
    return no && `the ${seen.gate} gate let ${issue.key} through although ${no} declined it`;
  },
};
