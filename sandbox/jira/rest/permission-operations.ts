import { answer } from '../http/answers';
import { bodyObject, isObject, stringsProperty } from '../http/body';
import { operation, type Call, type Operation } from '../http/operation';
import { listParameter } from '../http/paging';
import { browsableIssue, issueByIdOrKey } from '../issues/find-issue';
import { personById } from '../people/people';
import { mayAnywhere, mayDo, mayGlobally, permissions } from '../people/permissions';
import { findProject, projectById } from '../projects';
import { Refusal, refuse } from '../refusal';

export const permissionOperations: Operation[] = [
  operation('GET /rest/api/3/mypermissions', 'getMyPermissions', ['read:jira-work'], (call) => {
    const { site, actor, query } = call;
    const wanted = listParameter(query, 'permissions');
    if (wanted.length === 0) throw refuse(400, 'The "permissions" query parameter is required.');
    checkKnown(wanted);
    const projectId = contextOf(call);
    const held = (key: string, type: string): boolean =>
      type === 'GLOBAL'
        ? mayGlobally(site, actor.accountId, key)
        : projectId === undefined
          ? mayAnywhere(site, actor.accountId, key)
          : mayDo(site, actor.accountId, projectId, key);
    const chosen = permissions.filter((known) => wanted.includes(known.key));
    return answer(
      {
        permissions: Object.fromEntries(
          chosen.map((known) => [known.key, { ...known, havePermission: held(known.key, known.type) }]),
        ),
      },
      2 * chosen.length,
    );
  }),
  operation('POST /rest/api/3/permissions/check', 'getBulkPermissions', [], (call) => {
    const { site, actor } = call;
    const body = bodyObject(call.body, ['accountId', 'globalPermissions', 'projectPermissions']);
    const accountId = body['accountId'] ?? actor.accountId;
    const other = accountId !== actor.accountId;
    if (other && actor.accountType !== 'app' && !mayGlobally(site, actor.accountId, 'ADMINISTER')) {
      throw refuse(403, 'You do not have permission to check the permissions of other users.');
    }
    if (typeof accountId !== 'string' || personById(site, accountId) === undefined) {
      throw refuse(400, `The user '${String(accountId)}' does not exist.`);
    }
    const globals = stringsProperty(body, 'globalPermissions');
    checkKnown(globals, 'GLOBAL');
    const asked = body['projectPermissions'] ?? [];
    if (!Array.isArray(asked)) throw refuse(400, 'projectPermissions must be a list.');
    const projectPermissions = (asked as unknown[]).flatMap((entry) => grants(call, accountId, entry));
    const globalPermissions = globals.filter((key) => mayGlobally(site, accountId, key));
    return answer(
      { projectPermissions, globalPermissions },
      2 * (projectPermissions.length + globalPermissions.length),
    );
  }),
];

function grants({ site }: Call, accountId: string, entry: unknown): unknown[] {
  if (!isObject(entry)) throw refuse(400, 'A project permission is an object.');
  const keys = stringsProperty(entry, 'permissions');
  if (keys.length === 0) throw refuse(400, 'permissions must not be empty.');
  checkKnown(keys, 'PROJECT');
  const ids = (name: string): number[] => {
    const list = entry[name] ?? [];
    if (!Array.isArray(list) || list.some((id) => !Number.isInteger(Number(id))))
      throw refuse(400, `${name} must be a list of ids.`);
    return list.map(Number);
  };
  // Ids that do not exist are left out, like those without the permission.
  const projectOf = (issueId: number): string | undefined => issueByIdOrKey(site, String(issueId))?.projectId;
  const holds = (projectId: string | undefined, permission: string): boolean =>
    projectId !== undefined && mayDo(site, accountId, projectId, permission);
  return keys.map((permission) => ({
    permission,
    issues: ids('issues').filter((id) => holds(projectOf(id), permission)),
    projects: ids('projects').filter((id) => holds(projectById(site, String(id))?.id, permission)),
  }));
}

function checkKnown(keys: readonly string[], type?: 'GLOBAL' | 'PROJECT'): void {
  const unknown = keys.filter(
    (key) => !permissions.some((known) => known.key === key && (type ?? known.type) === known.type),
  );
  if (unknown.length > 0) throw new Refusal(400, [`Unrecognized permission: ${unknown.join(', ')}`]);
}

/** The project that the call asks about, by itself or by an issue. One that does not exist is refused. */
function contextOf(call: Call): string | undefined {
  const { query } = call;
  const issue = query.get('issueKey') ?? query.get('issueId');
  if (issue !== null) return browsableIssue(call.site, call.actor, issue).projectId;
  const wanted = query.get('projectKey') ?? query.get('projectId');
  if (wanted === null) return undefined;
  const project = findProject(call.site, wanted);
  if (project === undefined) throw refuse(404, `No project could be found with key or id '${wanted}'.`);
  return project.id;
}
