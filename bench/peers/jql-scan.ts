/**
 * The way of a scheduled automation rule, as an app: every five minutes it asks Jira for all open issues, page by page, and
 * looks at each for whether it has just become due. It asks for no more fields than it needs and remembers nothing.
 */
import api, { route } from '@forge/api';

const open = 'project = ACC AND status in (Submitted, "Waiting for approval", "In progress") ORDER BY key';
/** Half of the eight hours that the seeded policy gives to an approval. */
const remindAfterMs = 4 * 3_600_000;
const everyMs = 5 * 60_000;

interface Found {
  readonly id: string;
  readonly fields: { readonly created: string; readonly status: { readonly name: string } };
}

async function jira(path: ReturnType<typeof route>, body: unknown): Promise<unknown> {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
  const answer = await api.asApp().requestJira(path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.status >= 300) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function remind(id: string, approver: string): Promise<void> {
  await jira(route`/rest/servicedeskapi/request/${id}/participant`, { accountIds: [approver] });
  const text = { type: 'text', text: 'Reminder: this request waits for its approval.' };
  const document = { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [text] }] };
  await jira(route`/rest/api/3/issue/${id}/comment`, { body: document });
}

/** The module in the place of `src/index.ts`. */
export function jqlScan(approver: string): Record<string, unknown> {
  const nothing = async (): Promise<undefined> => undefined;
  return {
    sweep: async () => {
      const now = Date.now();
      let nextPageToken: string | undefined;
      do {
        const body = {
          jql: open,
          maxResults: 100,
          fields: ['created', 'status'],
          ...(nextPageToken ? { nextPageToken } : {}),
        };
        const page = (await jira(route`/rest/api/3/search/jql`, body)) as { issues: Found[]; nextPageToken?: string };
        for (const { id, fields } of page.issues) {
          const age = now - Date.parse(fields.created);
          if (fields.status.name !== 'Waiting for approval' || age < remindAfterMs || age >= remindAfterMs + everyMs)
            continue;
          await remind(id, approver);
        }
        nextPageToken = page.nextPageToken;
      } while (nextPageToken !== undefined);
      return { statusCode: 204 };
    },
    issueEvents: nothing,
    effects: nothing,
  };
}
