/** What an administrator of the site does outside of every rule, as calls under `/sandbox`. */
import type { ImportedIssue, WorkflowChange } from '../contracts';
import type { World } from '../world';
import { ClientError, type HttpReply, type HttpRequest, jsonObject, type Route, textField } from './router';

type Body = Record<string, unknown>;

/** A route that takes a JSON object; what the site refuses is told as a 400 with its message. */
function act(path: string, work: (request: HttpRequest, body: Body) => unknown): Route {
  return {
    method: 'POST',
    path,
    handle: (request): HttpReply => {
      const body = jsonObject(request);
      try {
        return { status: 200, body: work(request, body) ?? { ok: true } };
      } catch (error) {
        throw error instanceof ClientError ? error : new ClientError(400, (error as Error).message);
      }
    },
  };
}

const named = (request: HttpRequest): string => request.params['key'] as string;

export function administrationRoutes(world: World): Route[] {
  const issue = '/sandbox/issues/:key';
  return [
    act('/sandbox/issues/import', (_request, body) => world.import(importedIssue(body))),
    act(`${issue}/move`, (request, body) => world.move(named(request), textField(body, 'status'))),
    act(`${issue}/archive`, (request) => world.archive(named(request))),
    act(`${issue}/restore`, (request) => world.restore(named(request))),
    act(`${issue}/retype`, (request, body) =>
      world.retype(named(request), {
        issueType: optionalText(body, 'issueType'),
        requestType: optionalText(body, 'requestType'),
      }),
    ),
    act(`${issue}/reproject`, (request, body) => world.reproject(named(request), textField(body, 'project'))),
    act(`${issue}/clone`, (request, body) => world.clone(named(request), { as: textField(body, 'as') })),
    act('/sandbox/workflow', (_request, body) => ({ version: world.redrawWorkflow(workflowChange(body)) })),
    act('/sandbox/people/:key', (request, body) => {
      const { active } = body;
      if (typeof active !== 'boolean') throw new ClientError(400, '"active" must be true or false');
      world.setActive(named(request), active);
    }),
    act('/sandbox/projects/:key/delete', (request) => world.deleteProject(named(request))),
  ];
}

function optionalText(body: Body, name: string): string | undefined {
  return body[name] === undefined ? undefined : textField(body, name);
}

function objectField(body: Body, name: string): Body {
  const value = body[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ClientError(400, `"${name}" must be an object`);
  return value as Body;
}

function importedIssue(body: Body): ImportedIssue {
  const reporter = optionalText(body, 'reporter');
  return {
    requestType: textField(body, 'requestType'),
    status: textField(body, 'status'),
    ...(body['fields'] === undefined ? {} : { fields: objectField(body, 'fields') }),
    ...(reporter === undefined ? {} : { reporter }),
  };
}

function workflowChange(body: Body): WorkflowChange {
  const project = optionalText(body, 'project');
  const where = project === undefined ? {} : { project };
  const ways = ['remove', 'add', 'addTransition'].filter((name) => body[name] !== undefined);
  if (ways.length !== 1) throw new ClientError(400, 'Name one of "remove", "add" and "addTransition"');
  if (ways[0] === 'addTransition') {
    const wanted = objectField(body, 'addTransition');
    const { from } = wanted;
    if (!Array.isArray(from) || from.some((name) => typeof name !== 'string'))
      throw new ClientError(400, '"from" must be a list of statuses');
    const addTransition = { name: textField(wanted, 'name'), from: from as string[], to: textField(wanted, 'to') };
    return { ...where, addTransition };
  }
  const transition = textField(body, 'transition');
  return ways[0] === 'remove'
    ? { ...where, transition, remove: textField(body, 'remove') }
    : { ...where, transition, add: textField(body, 'add') };
}
