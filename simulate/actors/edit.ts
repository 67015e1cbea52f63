import { accountOf, agents, fields, offered, people, requestTypes, targetName } from '../company';
import { did, nothing, someIssue, type Actor } from './actor';
import { period } from './submit';

/** Somebody edits an issue: what is asked, who is asked, or only why. */
export const edit: Actor = {
  name: 'edit',
  weight: 3,
  async act(scene) {
    const issue = someIssue(scene);
    if (!issue) return nothing('no issue');
    const { installation, dice } = scene;
    const { desk } = installation;
    const by = accountOf(dice.pick([...agents, 'rita' as const]));
    const what = dice.pick(['end', 'end', 'entitlement', 'beneficiary', 'why', 'approvers', 'typo', 'type'] as const);
    switch (what) {
      case 'end':
        desk.edit(
          issue,
          {
            [fields.start]: undefined,
            [fields.duration]: undefined,
            [fields.end]: undefined,
            ...period(scene, issue.values[fields.entitlement] === 'Production Admins'),
          },
          by,
        );
        break;
      case 'entitlement':
        desk.edit(issue, { [fields.entitlement]: dice.pick(offered).name }, by);
        break;
      case 'beneficiary':
        desk.edit(issue, { [fields.beneficiary]: accountOf(dice.pick(people)) }, by);
        break;
      case 'why':
        desk.edit(issue, { [fields.justification]: `Again, ${installation.marker}` }, by);
        break;
      case 'approvers':
        desk.edit(
          issue,
          { [fields.approvers]: dice.happens(0.3) ? [] : [accountOf(dice.pick(people)), accountOf(dice.pick(people))] },
          by,
        );
        break;
      case 'typo':
        desk.edit(issue, { [fields.target]: issue.values[fields.target] === targetName ? 'SCIM dir' : targetName }, by);
        break;
      case 'type': {
        const back = issue.requestTypeId === requestTypes.ungoverned;
        desk.changeType(issue, back ? requestTypes.grant : requestTypes.ungoverned, by);
      }
    }
    return did(`${issue.key} ${what}: ${issue.contents.at(-1)?.wanted.key}`);
  },
};
