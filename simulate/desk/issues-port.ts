import type { Issues } from '../../src/usecases/ports';
import { displayNameOf } from '../company';
import { jiraFails, type Invocation } from '../platform/invocation';
import { transitions } from './workflow';
import { appAccount } from './desk';
import { fire } from './fire-transition';
import type { DeskIssue } from './desk-issue';

/** Jira as the app sees it: the port over the simulated desk, call by call as the adapter makes them. */
export function simulatedIssues(invocation: Invocation): Issues {
  const { world, installation } = invocation;
  const { desk } = installation;
  const call = <T>(label: string, effect: () => T): Promise<T> => invocation.call('jira', label, effect, jiraFails);
  const known = (issueId: string): DeskIssue => desk.find(issueId) ?? jiraFails('forbidden');
  return {
    read: (keyOrId) =>
      call(`read ${keyOrId}`, () => {
        const issue = desk.find(keyOrId);
        if (issue && invocation.gate?.issueId === issue.id) {
          invocation.gate.readAt = world.now();
          invocation.gate.wantedAtRead = issue.contents.at(-1)?.wanted.key ?? '';
        }
        return issue && desk.view(issue);
      }),
    history: (issueId) => call(`history ${issueId}`, () => desk.history(known(issueId))),
    person: (accountId) =>
      call('person', () => {
        const displayName = displayNameOf(accountId);
        return displayName === undefined
          ? undefined
          : { displayName, active: desk.active.get(accountId) === true, isApp: false };
      }),
    groupMembers: () => call('group', () => []),
    changedWithin: (_projects, hours, limit) =>
      call(`search ${hours}`, () => {
        // The search index lags behind, as queries do.
        const lag = Math.min(world.staleMs, 60_000);
        return desk
          .list()
          .filter((issue) => issue.updated >= world.now() - Math.ceil(hours) * 3_600_000)
          .filter((issue) => issue.created <= world.now() - lag)
          .sort((a, b) => b.updated - a.updated)
          .slice(0, limit)
          .map((issue) => issue.id);
      }),
    setApprovers: (issueId, fieldId, accountIds) =>
      call(`approvers ${issueId}`, () => desk.edit(known(issueId), { [fieldId]: [...accountIds] }, appAccount)),
    async transition(issueId, name) {
      const transition = transitions.find((candidate) => candidate.name === name);
      const offered = await call(`transitions ${issueId}`, () => {
        const issue = known(issueId);
        return transition?.from.includes(issue.statusId) === true;
      });
      if (!offered || !transition) return 'not-on-offer';
      return invocation.callDeep(`transition ${issueId} ${name}`, () =>
        fire(invocation, known(issueId), transition, appAccount),
      );
    },
    async comment(issueId, effectId, audience, text) {
      const there = await call(`comments ${issueId}`, () =>
        known(issueId).comments.some((comment) => comment.effectId === effectId),
      );
      if (there) return;
      await call(`comment ${issueId} ${effectId}`, () => {
        const issue = known(issueId);
        issue.comments.push({ effectId, audience, text, at: world.now() });
        issue.updated = world.now();
        installation.outputs.push(text);
      });
    },
    setProperty: (issueId, value) =>
      call(`property ${issueId}`, () => {
        known(issueId).property = value;
      }),
    answerApproval: (issueKey, approvalId, accountId, decision) =>
      call(`answer ${issueKey} ${approvalId}`, () => desk.answer(known(issueKey), approvalId, accountId, decision)),
  };
}
