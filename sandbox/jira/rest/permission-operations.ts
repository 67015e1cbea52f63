import { project } from '../access-desk';
import { answer } from '../http/answers';
import { bodyObject, isObject, stringsProperty } from '../http/body';
import { operation, type Call, type Operation } from '../http/operation';
import { listParameter } from '../http/paging';
import { browsableIssue } from '../issues/find-issue';
import { personById } from '../people/people';
import { mayDo, permissions } from '../people/permissions';
import { Refusal, refuse } from '../refusal';
import { row } from '../site-state';

export const permissionOperations: Operation[] = [
  operation('GET /rest/api/3/mypermissions', 'getMyPermissions', ['read:jira-work'], (call) => {
    const { site, actor, query } = call;
    const wanted = listParameter(query, 'permissions');
    if (wanted.length === 0) throw refuse(400, 'The "permissions" query parameter is required.');
    checkKnown(wanted);
    checkContext(call);
    const chosen = permissions.filter((known) => wanted.includes(known.key));
    return answer(
      {
        permissions: Object.fromEntries(
          chosen.map((known) => [known.key, { ...known, havePermission: mayDo(site, actor.accountId, known.key) }]),
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
    if (other && actor.accountType !== 'app' && !mayDo(site, actor.accountId, 'ADMINISTER')) {
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
    const globalPermissions = globals.filter((key) => mayDo(site, accountId, key));
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
  const issues = ids('issues').filter((id) => site.tables.issues.get(row(String(id))) !== undefined);
  const projects = ids('projects').filter((id) => String(id) === project.id);
  return keys.map((permission) => {
    const held = mayDo(site, accountId, permission);
    return { permission, issues: held ? issues : [], projects: held ? projects : [] };
  });
}

function checkKnown(keys: readonly string[], type?: 'GLOBAL' | 'PROJECT'): void {
  const unknown = keys.filter(
    (key) => !permissions.some((known) => known.key === key && (type ?? known.type) === known.type),
  );
  if (unknown.length > 0) throw new Refusal(400, [`Unrecognized permission: ${unknown.join(', ')}`]);
}

/** Every permission is the project's here, but a context that does not exist is still refused. */
function checkContext(call: Call): void {
  const { query } = call;
  const issue = query.get('issueKey') ?? query.get('issueId');
  if (issue !== null) browsableIssue(call.site, call.actor, issue);
  const key = query.get('projectKey');
  const id = query.get('projectId');
  if ((key !== null && key !== project.key) || (id !== null && id !== project.id)) {
    throw refuse(404, `No project could be found with key or id '${key ?? String(id)}'.`);
  }
}
