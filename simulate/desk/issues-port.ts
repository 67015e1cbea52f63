import type { Issues } from '../../src/usecases/ports';
import type { IssueView } from '../../src/domain/request/issue-view';
import { anchorKey, displayNameOf } from '../company';
import { jiraFails, type Invocation } from '../platform/invocation';
import { whyNot } from '../truth/carried';
import type { Gate } from '../../src/domain/gate/answer';
import type { Json } from '../../src/domain/canonical';
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
        if (keyOrId === anchorKey) return anchorView;
        const issue = desk.find(keyOrId);
        // A sweep reads records in bundles; the issue it looks at is the one that it reads the target for.
        if (issue) invocation.subject = issue.id;
        if (issue && invocation.gate?.issueId === issue.id) {
          invocation.gate.readAt = world.now();
          invocation.gate.wantedAtRead = issue.contents.at(-1)?.wanted.key ?? '';
        }
        const wanted = issue?.contents.at(-1)?.wanted;
        if (issue && wanted && world.mayWrite) {
          const unapproved = whyNot(installation, issue.id, { wanted }, world.now(), Date.parse(world.appNow()));
          invocation.read = { issueId: issue.id, at: world.now(), wanted, statusId: issue.statusId, unapproved };
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
      const onGovernance = desk.governance.find(({ key }) => key === issueId);
      // An issue that is gone has nobody who reads it: the adapter takes Jira's 404 for an answer.
      const there = await call(`comments ${issueId}`, () => {
        const comments = onGovernance?.comments ?? desk.find(issueId)?.comments;
        return !comments || comments.some((comment) => comment.effectId === effectId);
      });
      if (there) return;
      await call(`comment ${issueId} ${effectId}`, () => {
        installation.outputs.push(text);
        if (onGovernance) {
          onGovernance.comments.push({ effectId, text });
          return;
        }
        const issue = known(issueId);
        issue.comments.push({ effectId, audience, text, at: world.now() });
        issue.updated = world.now();
      });
    },
    async raise(wanted) {
      const found = await call(`search ${wanted.marker}`, () => {
        // The search index lags behind what was created a moment ago.
        const lag = Math.min(world.staleMs, 60_000);
        const governance = desk.governance.find((issue) => issue.marker === wanted.marker);
        if (governance) return { id: governance.key, key: governance.key };
        return desk.list().find((issue) => issue.marker === wanted.marker && issue.created <= world.now() - lag);
      });
      if (found) return { id: found.id, key: found.key };
      if (!('requestTypeId' in wanted.type)) {
        return call(`create ${wanted.marker}`, () => {
          const key = `${wanted.projectKey}-${desk.governance.length + 1}`;
          desk.governance.push({ key, marker: wanted.marker, summary: wanted.summary, comments: [] });
          installation.outputs.push(wanted.summary, wanted.description ?? '');
          return { id: key, key };
        });
      }
      const { requestTypeId } = wanted.type;
      return call(`create ${wanted.marker}`, () => {
        const issue = desk.create({
          requestTypeId,
          reporterId: wanted.reporterId ?? appAccount,
          creatorId: appAccount,
          values: Object.fromEntries(Object.entries(wanted.fields).map(([id, value]) => [id, asRead(value)])),
          marker: wanted.marker,
        });
        if (wanted.linkTo !== undefined) issue.links.push(wanted.linkTo);
        return { id: issue.id, key: issue.key };
      });
    },
    assign: (issueId, accountId) =>
      call(`assign ${issueId}`, () => {
        known(issueId).assigneeId = accountId;
        return 'done' as const;
      }),
    setPriority: (issueId, name) =>
      call(`priority ${issueId}`, () => {
        known(issueId).priority = name;
        return 'done' as const;
      }),
    addParticipants: (issueKey, accountIds) =>
      call(`participants ${issueKey}`, () => {
        const issue = known(issueKey);
        issue.participants = [...new Set([...issue.participants, ...accountIds])];
        return 'done' as const;
      }),
    liveWorkflow: () =>
      call('workflow', () =>
        transitions.map(({ name, from, to, gate }) => ({
          name,
          fromStatusIds: from,
          toStatusId: to,
          rules: rulesOf(gate),
        })),
      ),
    setProperty: (issueId, value) =>
      call(`property ${issueId}`, () => {
        const issue = desk.find(issueId);
        if (issue) issue.property = value;
      }),
    answerApproval: (issueKey, approvalId, accountId, decision) =>
      call(`answer ${issueKey} ${approvalId}`, () => desk.answer(known(issueKey), approvalId, accountId, decision)),
  };
}

/** A value as Jira takes it, in the form in which the app reads it back: people as accounts, rich text as text. */
function asRead(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { accountId, type } = value as { readonly [key: string]: Json };
  if (typeof accountId === 'string') return accountId;
  return type === 'doc' ? JSON.stringify(value) : value;
}

/** The rules that stand on a transition whose gate is this one. */
function rulesOf(gate: Gate | undefined): readonly string[] {
  if (gate === undefined) return [];
  return gate === 'verification' ? ['verification-gate', 'gate-guard'] : [`${gate}-gate`];
}

/** What can be read of the issue that digests are anchored on. */
const anchorView: IssueView = {
  id: anchorKey,
  key: anchorKey,
  projectId: '10001',
  statusId: '1',
  createdAt: '2026-01-01T00:00:00.000Z',
  reporterId: 'unknown',
  creatorId: 'unknown',
  values: {},
  approvals: [],
  activeAccounts: {},
};
