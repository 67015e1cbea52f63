import { accountOf, agents, doneStatuses, statuses } from '../company';
import type { DeskIssue } from '../desk/desk-issue';
import { fireTransition } from '../desk/fire-transition';
import { transitions } from '../desk/workflow';
import { did, nothing, someIssue, type Actor, type Deed, type Scene } from './actor';

/** An agent presses a transition. */
export async function press(scene: Scene, issue: DeskIssue, name: string): Promise<Deed> {
  const transition = transitions.find((candidate) => candidate.name === name);
  if (!transition) throw new Error(`no transition ${name}`);
  const by = accountOf(scene.dice.pick(agents));
  const result = await fireTransition(scene.world, scene.installation, issue, transition, by, scene.strand);
  return did(`${issue.key} ${name}: ${JSON.stringify(result)}`, result === 'done');
}

function presser(name: string, transition: string, weight: number, fits: (issue: DeskIssue) => boolean): Actor {
  return {
    name,
    weight,
    async act(scene) {
      const issue = someIssue(scene, fits);
      return issue ? press(scene, issue, transition) : nothing('no such issue');
    },
  };
}

export const start = presser('start', 'Start', 2, (issue) => issue.statusId === statuses.submitted);
export const resolve = presser('resolve', 'Resolve', 6, (issue) => issue.statusId === statuses.inProgress);
export const cancel = presser('cancel', 'Cancel', 3, (issue) => issue.statusId === statuses.inProgress);
export const reopen = presser('reopen', 'Reopen', 2, (issue) => doneStatuses.includes(issue.statusId));

/** An agent moves an issue behind the workflow, mostly into a done status: no rule is asked. */
export const bulkMove: Actor = {
  name: 'bulk-move',
  weight: 2,
  async act(scene) {
    const issue = someIssue(scene);
    if (!issue) return nothing('no issue');
    const { resolved, canceled, declined, inProgress, waiting, submitted } = statuses;
    const to = scene.dice.pick([resolved, resolved, resolved, canceled, declined, inProgress, waiting, submitted]);
    scene.installation.desk.toStatus(issue, to, accountOf(scene.dice.pick(agents)), 'move', false);
    return did(`${issue.key} moved to ${to}`);
  },
};

/** An agent deletes an issue. */
export const remove: Actor = {
  name: 'delete',
  weight: 0.4,
  async act(scene) {
    const issue = someIssue(scene);
    if (!issue) return nothing('no issue');
    scene.installation.desk.remove(issue);
    return did(`${issue.key} deleted`);
  },
};
