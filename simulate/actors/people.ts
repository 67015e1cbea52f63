import { accountOf, people } from '../company';
import { did, nothing, someIssue, type Actor } from './actor';

/** A site administrator switches an account off or on. */
export const leave: Actor = {
  name: 'leave',
  weight: 1,
  async act({ installation, dice }) {
    const accountId = accountOf(dice.pick(people));
    const active = installation.desk.active.get(accountId) === false;
    installation.desk.setActive(accountId, active);
    return did(`${accountId} ${active ? 'active' : 'inactive'}`);
  },
};

/** Somebody is assigned to an issue. */
export const assign: Actor = {
  name: 'assign',
  weight: 1,
  async act(scene) {
    const issue = someIssue(scene);
    if (!issue) return nothing('no issue');
    issue.assigneeId = accountOf(scene.dice.pick(people));
    return did(`${issue.key} to ${issue.assigneeId}`);
  },
};

/** Somebody forges the property that shows the state. */
export const forge: Actor = {
  name: 'forge-property',
  weight: 0.5,
  async act(scene) {
    const issue = someIssue(scene);
    if (!issue) return nothing('no issue');
    issue.property = { governed: true, approved: true, state: 'verified', verdict: 'confirmed' };
    return did(`${issue.key} property forged`);
  },
};

/** Nobody does anything. */
export const wait: Actor = {
  name: 'wait',
  weight: 2,
  act: () => Promise.resolve(did('nothing')),
};
