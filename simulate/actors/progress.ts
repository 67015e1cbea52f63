import { accountOf, people, statuses } from '../company';
import { openOf } from '../desk/desk';
import { did, nothing, someIssue, type Actor } from './actor';
import { carryOut } from './fulfil';
import { decideAs } from './decide';
import { press } from './transitions';

/** The right person does the next right thing for an issue: approves, carries out, resolves. */
export const progress: Actor = {
  name: 'progress',
  weight: 16,
  async act(scene) {
    const issue = someIssue(scene);
    if (!issue) return nothing('no issue');
    const { installation, dice } = scene;
    const { desk, directory } = installation;
    switch (issue.statusId) {
      case statuses.submitted:
        return press(scene, issue, 'Start');
      case statuses.waiting: {
        const approval = openOf(issue);
        const asked = approval?.approvers.find((entry) => entry.decision === 'pending')?.accountId;
        if (!approval || asked === undefined) return decideAs(scene, issue, accountOf(dice.pick(people)), 'approve');
        if (dice.happens(0.5)) return decideAs(scene, issue, asked, 'approve');
        const result = desk.answer(issue, approval.id, asked, 'approve');
        return did(`${issue.key} approved by ${asked}: ${JSON.stringify(result)}`, result === 'done');
      }
      case statuses.inProgress: {
        const wanted = issue.contents.at(-1)?.wanted;
        const hold =
          wanted?.entitlement && wanted.userId ? directory.hold(wanted.entitlement.groupId, wanted.userId) : 'none';
        const done = wanted?.kind === 'revoke' ? hold === 'none' : hold === 'direct';
        if (!done) return did(`${issue.key}: ${carryOut(directory, issue, false)}`);
        return press(scene, issue, 'Resolve');
      }
      default:
        return nothing('the issue has ended');
    }
  },
};
