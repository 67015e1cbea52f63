import { route } from '@forge/api';
import { later, parseInstant, type Instant } from '../../domain/instant';
import type { Issues } from '../../usecases/ports';
import { Unavailable } from '../../usecases/ports';
import { callJira, callJiraOk, jiraErrorText } from './jira-client';
import { readLiveWorkflow } from './live-workflow';
import { create, edited, link, raisedBefore } from './raised-issues';
import { historyOf, issueView, plainDocument } from './wire';

type Wire = Record<string, unknown>;
const list = (body: unknown, key: string): Wire[] => {
  const value = (body as Wire | undefined)?.[key];
  return Array.isArray(value) ? (value as Wire[]) : [];
};

/** The issue property that shows the state to people and JQL; anybody who may edit the issue can forge it. */
const propertyKey = 'proofgate';
/** Marks a comment with the effect that made it, so that it is found before it is made again. */
const commentMarker = 'proofgate.effect';
const changelogPages = 20;

/** Jira as the app itself sees and changes it (developer.atlassian.com/cloud/jira/platform/rest/v3). */
export function createIssues(): Issues {
  return {
    async read(keyOrId) {
      const answer = await callJira(
        'app',
        route`/rest/api/3/issue/${keyOrId}?fields=*all,-comment,-attachment,-worklog`,
      );
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) throw new Unavailable('jira');
      return issueView(answer.body);
    },
    async history(issueId) {
      const pages: unknown[] = [];
      for (let startAt = 0, page = 0; page < changelogPages; page++) {
        const body = await callJiraOk(
          'app',
          route`/rest/api/3/issue/${issueId}/changelog?startAt=${startAt}&maxResults=100`,
        );
        pages.push(body);
        const got = list(body, 'values').length;
        startAt += got;
        if (got === 0 || startAt >= Number((body as Wire).total)) return historyOf(pages);
      }
      return historyOf(pages);
    },
    async person(accountId) {
      const answer = await callJira('app', route`/rest/api/3/user?accountId=${accountId}`);
      if (answer.status === 404) return undefined;
      const user = answer.body as Wire | undefined;
      if (answer.status !== 200 || typeof user?.active !== 'boolean' || typeof user.displayName !== 'string')
        throw new Unavailable('jira');
      return { displayName: user.displayName, active: user.active, isApp: user.accountType === 'app' };
    },
    async groupMembers(group) {
      const members: string[] = [];
      for (let startAt = 0; ;) {
        const body = await callJiraOk(
          'app',
          route`/rest/api/3/group/member?groupname=${group}&startAt=${startAt}&maxResults=50`,
        );
        const values = list(body, 'values');
        members.push(...values.filter((m) => m.active === true).map((m) => String(m.accountId)));
        startAt += values.length;
        if (values.length === 0 || (body as Wire).isLast === true) return members;
      }
    },
    async changedWithin(projectKeys, hours, limit) {
      const ids: string[] = [];
      const projects = projectKeys.map((projectKey) => `"${projectKey.replace(/[^A-Z0-9_]/g, '')}"`).join(', ');
      const jql = `project in (${projects}) AND updated >= -${Math.ceil(hours)}h ORDER BY updated DESC`;
      let nextPageToken: string | undefined;
      do {
        const body = {
          jql,
          maxResults: Math.min(100, limit - ids.length),
          ...(nextPageToken ? { nextPageToken } : {}),
        };
        const page = await callJiraOk('app', route`/rest/api/3/search/jql`, { method: 'POST', body });
        ids.push(...list(page, 'issues').map((issue) => String(issue.id)));
        const token = (page as Wire).nextPageToken;
        nextPageToken = typeof token === 'string' ? token : undefined;
      } while (nextPageToken !== undefined && ids.length < limit);
      return ids;
    },
    async setApprovers(issueId, fieldId, accountIds) {
      const body = { fields: { [fieldId]: accountIds.map((accountId) => ({ accountId })) } };
      await callJiraOk('app', route`/rest/api/3/issue/${issueId}`, { method: 'PUT', body });
    },
    async transition(issueId, name) {
      const offered = list(await callJiraOk('app', route`/rest/api/3/issue/${issueId}/transitions`), 'transitions');
      const wanted = offered.find((transition) => transition.name === name);
      if (!wanted) return 'not-on-offer';
      const answer = await callJira('app', route`/rest/api/3/issue/${issueId}/transitions`, {
        method: 'POST',
        body: { transition: { id: String(wanted.id) } },
      });
      return answer.status < 300 ? 'done' : { refused: jiraErrorText(answer.body) };
    },
    async comment(issueId, effectId, audience, text, more = {}) {
      if ((await commentState(issueId, effectId, more.notBefore)) !== 'missing') return;
      const properties = [
        { key: commentMarker, value: { id: effectId } },
        { key: 'sd.public.comment', value: { internal: audience === 'internal' } },
      ];
      await callJiraOk('app', route`/rest/api/3/issue/${issueId}/comment`, {
        method: 'POST',
        body: { body: plainDocument(text, more.mentions), properties },
      });
    },
    async raise(issue) {
      const found = await raisedBefore(issue.projectKey, issue.marker);
      const known = found ?? (await create(issue));
      if ('refused' in known) return known;
      if (issue.linkTo !== undefined) await link(known.key, issue.linkTo);
      return known;
    },
    async assign(issueId, accountId) {
      return edited(
        await callJira('app', route`/rest/api/3/issue/${issueId}/assignee`, { method: 'PUT', body: { accountId } }),
      );
    },
    async setPriority(issueId, name) {
      const body = { fields: { priority: { name } } };
      return edited(await callJira('app', route`/rest/api/3/issue/${issueId}`, { method: 'PUT', body }));
    },
    async addParticipants(issueId, accountIds) {
      const answer = await callJira('app', route`/rest/servicedeskapi/request/${issueId}/participant`, {
        method: 'POST',
        body: { accountIds: [...accountIds] },
      });
      return edited(answer);
    },
    async liveWorkflow(projectKey) {
      return readLiveWorkflow(projectKey);
    },
    async setProperty(issueId, value) {
      const answer = await callJira('app', route`/rest/api/3/issue/${issueId}/properties/${propertyKey}`, {
        method: 'PUT',
        body: value,
      });
      // An issue that is gone has nothing to show on.
      if (answer.status >= 300 && answer.status !== 404) throw new Unavailable('jira');
    },
    async answerApproval(issueKey, approvalId, accountId, decision) {
      const answer = await callJira(
        { accountId },
        route`/rest/servicedeskapi/request/${issueKey}/approval/${approvalId}`,
        { method: 'POST', body: { decision } },
      );
      if (answer.status < 300) return 'done';
      return answer.status === 409 ? 'not-open' : { refused: jiraErrorText(answer.body) };
    },
  };
}

/** Jira's clock and the app's may differ; nobody's differ by an hour. */
const clockSlackMs = 60 * 60_000;

/** Whether a comment with this marker stands there. Nobody reads the comments of an issue that is gone. */
async function commentState(
  issueId: string,
  effectId: string,
  notBefore: Instant | undefined,
): Promise<'there' | 'missing' | 'no-issue'> {
  // Jira's points count every comment that is read, so a bounded search reads in small pages.
  const pageSize = notBefore === undefined ? 100 : 10;
  const oldest = notBefore === undefined ? undefined : later(notBefore, -clockSlackMs);
  for (let startAt = 0; ;) {
    const answer = await callJira(
      'app',
      route`/rest/api/3/issue/${issueId}/comment?startAt=${startAt}&maxResults=${pageSize}&orderBy=-created&expand=properties`,
    );
    if (answer.status === 404) return 'no-issue';
    if (answer.status >= 300) throw new Unavailable('jira');
    const { body } = answer;
    const comments = list(body, 'comments');
    const marked = comments.some((comment) =>
      list(comment, 'properties').some(
        (p) => p.key === commentMarker && (p.value as Wire | undefined)?.id === effectId,
      ),
    );
    if (marked) return 'there';
    startAt += comments.length;
    if (comments.length === 0 || startAt >= Number((body as Wire).total)) return 'missing';
    // Newest first: what follows is older still. An instant that cannot be read ends nothing.
    const last = parseInstant(String(comments.at(-1)?.created));
    if (oldest !== undefined && last !== undefined && last < oldest) return 'missing';
  }
}
