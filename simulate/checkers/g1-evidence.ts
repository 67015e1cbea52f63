import { isBound } from '../truth/governed';
import { unproven, wantedAt } from '../truth/evidence';
import { standsIn } from '../truth/stand-ins';
import type { Checker } from './checker';

/** G1: *Resolve* of a grant or a change opens only on a proof for exactly this, of this epoch, young enough. */
export const evidence: Checker = {
  name: 'G1',
  onGate(seen, installation, { site }) {
    const issue = installation.desk.issues.get(seen.issueId);
    if (!issue || seen.gate !== 'verification' || !('allow' in seen.reply) || !seen.reply.allow) return undefined;
    const wanted = wantedAt(issue, seen);
    if (!isBound(issue, wanted, site) || wanted?.kind === 'revoke') return undefined;
    if (standsIn(installation, issue, seen, 'verification')) return undefined;
    const why = unproven(installation, issue, seen);
    return why && `${issue.key} was let through to Resolved, but ${why}`;
  },
};
