import { extendAccess } from '../../src/usecases/extend-access';
import { giveBackAccess } from '../../src/usecases/give-back-access';
import { markCompromised } from '../../src/usecases/mark-compromised';
import { retryStuck } from '../../src/usecases/retry-stuck';
import { accountOf, agents, requestTypes } from '../company';
import type { DeskIssue } from '../desk/desk-issue';
import { did, nothing, someIssue, type Actor, type Scene } from './actor';
import { button } from './panel';
import type { Ports } from '../../src/usecases/ports';

/** An actor who presses one button of the panel on some issue. */
export function presser(
  name: string,
  weight: number,
  press: (ports: Ports, issue: DeskIssue, scene: Scene) => Promise<unknown>,
  fits: (issue: DeskIssue) => boolean = () => true,
): Actor {
  return {
    name,
    weight,
    async act(scene) {
      const issue = someIssue(scene, fits);
      if (!issue) return nothing('no such issue');
      const ended = await button(scene, issue, name, (ports) => press(ports, issue, scene));
      return did(`${issue.key} ${name}: ${ended.ended === 'threw' ? String(ended.error) : ended.ended}`);
    },
  };
}

/** The requester wants the access for longer. */
export const extend = presser('extend', 1, (ports, issue, { world }) =>
  extendAccess(ports, {
    issueId: issue.id,
    accountId: issue.reporterId,
    end: new Date(world.appMs + 40 * 86_400_000).toISOString(),
    justification: 'Still needed',
  }),
);

export const giveBack = presser('give-back', 1, (ports, issue) =>
  giveBackAccess(ports, { issueId: issue.id, accountId: issue.reporterId }),
);

/** What is to be removed is in wrong hands. */
export const compromised = presser(
  'compromised',
  0.4,
  (ports, issue, { world }) =>
    markCompromised(ports, {
      issueId: issue.id,
      accountId: accountOf('gus'),
      notifiedAt: new Date(world.appMs - 600_000).toISOString(),
      reason: 'Found on a public site',
    }),
  (issue) => issue.requestTypeId === requestTypes.revoke,
);

/** An agent has what gave up tried again. */
export const retry = presser('retry-stuck', 0.5, (ports, issue, { dice }) => {
  dice.pick(agents);
  return retryStuck(ports, { issueId: issue.id });
});
