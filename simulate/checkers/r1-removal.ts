import { isBound } from '../truth/governed';
import { unproven, wantedAt } from '../truth/evidence';
import { standsIn } from '../truth/stand-ins';
import type { Checker } from './checker';

/** R1: a removal closes only when the target positively said that the access is gone, on every path. */
export const removal: Checker = {
  name: 'R1',
  onGate(seen, installation, { site }) {
    const issue = installation.desk.issues.get(seen.issueId);
    if (!issue || seen.gate !== 'verification' || !('allow' in seen.reply) || !seen.reply.allow) return undefined;
    const wanted = wantedAt(issue, seen);
    if (!isBound(issue, wanted, site) || wanted?.kind !== 'revoke') return undefined;
    if (standsIn(installation, issue, seen, 'verification')) return undefined;
    const why = unproven(installation, issue, seen);
    return why && `the removal ${issue.key} was let through to Resolved, but ${why}`;
  },
};
