import { nestedGroupId, offered, directoryPeople, statuses } from '../company';
import type { DeskIssue } from '../desk/desk-issue';
import type { Directory } from '../target/directory';
import { did, nothing, someIssue, type Actor } from './actor';

/** The target's administrator does what an issue asks for. */
export const fulfil: Actor = {
  name: 'fulfil',
  weight: 5,
  async act(scene) {
    const issue = someIssue(scene, (i) => i.statusId === statuses.inProgress) ?? someIssue(scene);
    if (!issue) return nothing('no issue');
    return did(`${issue.key}: ${carryOut(scene.installation.directory, issue, scene.dice.happens(0.1))}`);
  },
};

/** Makes the change in the target; `half`: an invitation, or the old level left in place. */
export function carryOut(directory: Directory, issue: DeskIssue, half: boolean): string {
  const wanted = issue.contents.at(-1)?.wanted;
  if (!wanted?.entitlement || !wanted.userId) return 'nothing to do';
  const { userId, entitlement } = wanted;
  if (wanted.kind === 'revoke') {
    directory.remove(entitlement.groupId, userId);
    if (!half) directory.remove(nestedGroupId, userId);
    return `${userId} out of ${entitlement.groupId}`;
  }
  if (half && wanted.kind === 'grant') {
    directory.invite(entitlement.groupId, userId);
    return `${userId} invited to ${entitlement.groupId}`;
  }
  directory.add(entitlement.groupId, userId);
  if (wanted.kind === 'modify' && !half) for (const old of entitlement.replaces) directory.remove(old, userId);
  return `${userId} into ${entitlement.groupId}`;
}

/** Somebody changes something in the target that nobody asked for. */
export const meddle: Actor = {
  name: 'meddle',
  weight: 3,
  async act({ installation, dice }) {
    const { directory } = installation;
    const issue = dice.happens(0.6) ? installation.desk.list().at(-1) : undefined;
    const wanted = issue?.contents.at(-1)?.wanted;
    const userId = wanted?.userId ?? dice.pick(directoryPeople).id;
    const groupId = wanted?.entitlement?.groupId ?? dice.pick(offered).groupId;
    switch (dice.pick(['add', 'add', 'remove', 'remove', 'nest', 'inner', 'off', 'on', 'gone'] as const)) {
      case 'add':
        directory.add(groupId, userId);
        return did(`${userId} into ${groupId}`);
      case 'remove':
        directory.remove(groupId, userId);
        return did(`${userId} out of ${groupId}`);
      case 'nest': {
        const on = dice.happens(0.6);
        directory.nest(groupId, nestedGroupId, on);
        return did(`${nestedGroupId} ${on ? 'into' : 'out of'} ${groupId}`);
      }
      case 'inner':
        directory.add(nestedGroupId, userId);
        return did(`${userId} into ${nestedGroupId}`);
      case 'off':
        directory.setActive(userId, false);
        return did(`${userId} deactivated`);
      case 'on':
        directory.setActive(userId, true);
        directory.setGone(userId, false);
        return did(`${userId} activated`);
      case 'gone':
        directory.setGone(userId, true);
        return did(`${userId} deleted`);
    }
  },
};
