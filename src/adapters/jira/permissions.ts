import { route } from '@forge/api';
import type { Permissions } from '../../usecases/ports';
import { callJira } from './jira-client';

type Wire = Record<string, unknown>;

/** What the person in session may do: every question goes to Jira with that person's own rights. */
export function createPermissions(): Permissions {
  return {
    async visibleIssue(key) {
      const answer = await callJira('user', route`/rest/api/3/issue/${key}?fields=project`);
      if (answer.status !== 200) return undefined;
      const body = answer.body as { id?: unknown; key?: unknown; fields?: { project?: { id?: unknown } } };
      const projectId = body.fields?.project?.id;
      return typeof body.id === 'string' && typeof body.key === 'string' && typeof projectId === 'string'
        ? { id: body.id, key: body.key, projectId }
        : undefined;
    },
    async mayTransition(issueId) {
      const answer = await callJira(
        'user',
        route`/rest/api/3/mypermissions?issueId=${issueId}&permissions=TRANSITION_ISSUES`,
      );
      return granted(answer.body, 'TRANSITION_ISSUES');
    },
    async isJiraAdmin() {
      const answer = await callJira('user', route`/rest/api/3/mypermissions?permissions=ADMINISTER`);
      return granted(answer.body, 'ADMINISTER');
    },
    async visibleRequest(key) {
      const answer = await callJira('user', route`/rest/servicedeskapi/request/${key}`);
      if (answer.status !== 200) return undefined;
      const body = answer.body as { issueId?: unknown; issueKey?: unknown };
      return typeof body.issueId === 'string' && typeof body.issueKey === 'string'
        ? { id: body.issueId, key: body.issueKey }
        : undefined;
    },
  };
}

function granted(body: unknown, permission: string): boolean {
  const permissions = (body as { permissions?: Wire } | undefined)?.permissions;
  return (permissions?.[permission] as { havePermission?: unknown } | undefined)?.havePermission === true;
}
