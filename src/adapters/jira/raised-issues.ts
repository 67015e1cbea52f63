import { route } from '@forge/api';
import type { NewIssue } from '../../usecases/ports';
import { Unavailable } from '../../usecases/ports';
import { callJira, callJiraOk, jiraErrorText, type JiraAnswer } from './jira-client';
import { plainDocument } from './wire';

type Wire = Record<string, unknown>;

/** Marks an issue with the change that asked for it, so that it is found before it is made again. */
const markerProperty = 'proofgate-raised';
const linkType = 'Relates';

/**
 * The issue that carries a marker already. The search lags behind what was created a moment ago; a repeated effect comes a
 * minute later at the earliest, and the duplicate that is left possible is counted in docs/limits.md.
 */
export async function raisedBefore(
  projectKey: string,
  marker: string,
): Promise<{ readonly id: string; readonly key: string } | { readonly refused: string } | undefined> {
  const jql = `project = "${projectKey.replace(/[^A-Z0-9_]/g, '')}" AND issue.property[${markerProperty}].id = "${marker.replace(/[^A-Za-z0-9.:-]/g, '')}"`;
  const answer = await callJira('app', route`/rest/api/3/search/jql`, {
    method: 'POST',
    body: { jql, maxResults: 1, fields: ['summary'] },
  });
  // Jira does not know the project: nothing can be made there either.
  if (answer.status === 400) return { refused: jiraErrorText(answer.body) };
  if (answer.status >= 300) throw new Unavailable('jira');
  const issues = (answer.body as Wire).issues;
  const [found] = Array.isArray(issues) ? (issues as Wire[]) : [];
  return found ? { id: String(found.id), key: String(found.key) } : undefined;
}

/** Creates the issue with its marker in the same call (developer.atlassian.com/cloud/jira/platform/rest/v3: create issue). */
export async function create(
  issue: NewIssue,
): Promise<{ readonly id: string; readonly key: string } | { readonly refused: string }> {
  const type = await issueTypeOf(issue);
  if ('refused' in type) return type;
  const body = {
    fields: {
      ...issue.fields,
      ...type.fields,
      project: { key: issue.projectKey },
      summary: issue.summary,
      ...(issue.description === undefined ? {} : { description: plainDocument(issue.description) }),
      ...(issue.reporterId === undefined ? {} : { reporter: { accountId: issue.reporterId } }),
    },
    properties: [{ key: markerProperty, value: { id: issue.marker } }],
  };
  const answer = await callJira('app', route`/rest/api/3/issue`, { method: 'POST', body });
  const { id, key } = (answer.body ?? {}) as Wire;
  // A person who has left may not be a reporter any more; the request is raised all the same.
  const reporter = ((answer.body as Wire | undefined)?.errors as Wire | undefined)?.reporter;
  if (answer.status === 400 && reporter !== undefined && issue.reporterId !== undefined) {
    const { reporterId: _gone, ...without } = issue;
    return create(without);
  }
  if (answer.status >= 300) return { refused: jiraErrorText(answer.body) };
  if (typeof id !== 'string' || typeof key !== 'string') throw new Unavailable('jira');
  return { id, key };
}

/** A request type brings its issue type along; JSM keeps it in the field whose type is the request type's own. */
async function issueTypeOf(
  issue: NewIssue,
): Promise<{ readonly fields: { readonly [key: string]: unknown } } | { readonly refused: string }> {
  if ('issueType' in issue.type) return { fields: { issuetype: { name: issue.type.issueType } } };
  const { requestTypeId } = issue.type;
  const answer = await callJira(
    'app',
    route`/rest/servicedeskapi/servicedesk/${issue.projectKey}/requesttype/${requestTypeId}`,
  );
  const issueTypeId = (answer.body as Wire | undefined)?.issueTypeId;
  if (answer.status >= 300 || typeof issueTypeId !== 'string') return { refused: jiraErrorText(answer.body) };
  const field = await requestTypeField();
  return field === undefined
    ? { refused: 'the site has no field for request types' }
    : { fields: { issuetype: { id: issueTypeId }, [field]: requestTypeId } };
}

/** The field is known by its type: its id differs between sites. */
async function requestTypeField(): Promise<string | undefined> {
  const fields = await callJiraOk('app', route`/rest/api/3/field`);
  const found = (Array.isArray(fields) ? (fields as Wire[]) : []).find((field) =>
    String((field.schema as Wire | undefined)?.custom ?? '').endsWith(':vp-origin'),
  );
  return typeof found?.id === 'string' ? found.id : undefined;
}

/** Links two issues; Jira answers the same whether or not they are linked already. */
export async function link(key: string, to: string): Promise<void> {
  const answer = await callJira('app', route`/rest/api/3/issue/${key}?fields=issuelinks`);
  const links = ((answer.body as Wire | undefined)?.fields as Wire | undefined)?.issuelinks;
  const linked = (Array.isArray(links) ? (links as Wire[]) : []).some((known) =>
    [known.inwardIssue, known.outwardIssue].some((other) => (other as Wire | undefined)?.key === to),
  );
  if (linked) return;
  // An issue that is gone cannot be linked; the record knows both without it.
  await callJira('app', route`/rest/api/3/issueLink`, {
    method: 'POST',
    body: { type: { name: linkType }, inwardIssue: { key: to }, outwardIssue: { key } },
  });
}

/** What Jira says to an edit that may be refused for good. */
export function edited(answer: JiraAnswer): 'done' | { readonly refused: string } {
  return answer.status < 300 ? 'done' : { refused: jiraErrorText(answer.body) };
}
