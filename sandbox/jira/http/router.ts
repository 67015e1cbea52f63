import type { Actor, ScopeRule, SiteRequest, SiteResponse } from '../../contracts';
import { appAccountId, personById } from '../people/people';
import type { PersonRecord } from '../records';
import { Refusal, refuse } from '../refusal';
import type { Site } from '../site-state';
import { refusalAnswer } from './answers';
import { parseBody } from './body';
import type { Operation } from './operation';

interface Route {
  operation: Operation;
  pattern: RegExp;
  names: string[];
}

/** Finds the operation of a call, runs it, and turns refusals into answers. */
export class Router {
  private readonly routes: Route[];

  constructor(operations: readonly Operation[]) {
    // Fewer parameters first: /issue/{key} must not swallow /issue/createmeta.
    this.routes = [...operations].sort((a, b) => parameters(a.path) - parameters(b.path)).map(route);
  }

  scopeRule(method: string, path: string): ScopeRule | undefined {
    const found = this.find(method, pathOnly(path));
    return found && { operation: found.operation.name, scopes: found.operation.scopes };
  }

  async handle(site: Site, request: SiteRequest): Promise<SiteResponse> {
    const path = pathOnly(request.path);
    try {
      const found = this.find(request.method, path);
      if (found === undefined) {
        throw refuse(501, `The sandbox does not model ${request.method.toUpperCase()} ${path}.`);
      }
      const { operation } = found;
      const call = {
        site,
        actor: actingPerson(site, request.actor, operation),
        params: Object.fromEntries(Object.entries(found.params).map(([name, value]) => [name, decode(value)])),
        query: new URL(request.path, 'http://site').searchParams,
        body: parseBody(request.body),
        path: request.path,
      };
      const { answer } = operation;
      if ('steps' in answer) return await answer.steps(call);
      return operation.method === 'GET' ? answer.call(call) : site.store.transaction(() => answer.call(call));
    } catch (error) {
      if (error instanceof Refusal) return refusalAnswer(error, path);
      throw error;
    }
  }

  /** The operation and its parameters, still escaped: asking for scopes must not fail on a malformed escape. */
  private find(method: string, path: string): { operation: Operation; params: Record<string, string> } | undefined {
    for (const { operation, pattern, names } of this.routes) {
      if (operation.method !== method.toUpperCase()) continue;
      const match = pattern.exec(path);
      if (match === null) continue;
      const params = Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? '']));
      return { operation, params };
    }
    return undefined;
  }
}

const nobody: PersonRecord = {
  accountId: '',
  key: '',
  email: '',
  displayName: 'Anonymous',
  accountType: 'atlassian',
  active: false,
  licensed: false,
  emailHidden: true,
  timeZone: 'Etc/UTC',
  groups: [],
};

function actingPerson(site: Site, actor: Actor, operation: Operation): PersonRecord {
  const person =
    actor.kind === 'app'
      ? personById(site, appAccountId)
      : actor.kind === 'user'
        ? personById(site, actor.accountId)
        : undefined;
  if (person !== undefined && person.active) return person;
  if (operation.anonymous === true) return nobody;
  throw refuse(401, 'Client must be authenticated to access this resource.');
}

function route(operation: Operation): Route {
  const names: string[] = [];
  const pattern = operation.path.replace(/[.]/g, '\\.').replace(/\{(\w+)\}/g, (_, name: string) => {
    names.push(name);
    return '([^/]+)';
  });
  return { operation, names, pattern: new RegExp(`^${pattern}/?$`) };
}

const parameters = (path: string): number => path.split('{').length;

const pathOnly = (path: string): string => path.split(/[?#]/, 1)[0] ?? path;

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw refuse(400, 'The path holds a malformed escape.');
  }
}
