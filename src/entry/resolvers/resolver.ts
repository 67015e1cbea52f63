import Resolver from '@forge/resolver';
import * as v from 'valibot';
import type { Ports, Permissions } from '../../usecases/ports';
import { callerOf, type Caller } from '../caller';
import { asFailure, Failure } from '../failure';

/**
 * What a function asks of the person who calls it. Every function names one; it is decided before the function runs, with
 * the person's own rights in Jira. `see-issue`: may see the issue. `work-issue`: may also move it through its workflow.
 * `see-request`: sees the request in the customer portal. `jira-admin`: administers Jira.
 */
export type Need = 'see-issue' | 'work-issue' | 'see-request' | 'jira-admin';

/** What a function gets once its need is met: ids come from here, never from the payload. */
export interface Granted {
  'see-issue': {
    readonly accountId: string;
    readonly issueId: string;
    readonly issueKey: string;
    readonly mayWork: boolean;
  };
  'work-issue': { readonly accountId: string; readonly issueId: string; readonly issueKey: string };
  'see-request': { readonly accountId: string; readonly issueId: string; readonly issueKey: string };
  'jira-admin': { readonly accountId: string };
}

export interface Backend {
  readonly ports: Ports;
  readonly permissions: Permissions;
}

type Schema = v.GenericSchema;

export interface ResolverFunction {
  readonly needs: Need;
  readonly input: Schema;
  readonly run: (backend: Backend, granted: never, input: never) => Promise<unknown>;
}

/** Declares a function with its need and its input. Without a need it does not compile. */
export function resolverFunction<N extends Need, S extends Schema>(definition: {
  readonly needs: N;
  readonly input: S;
  readonly run: (backend: Backend, granted: Granted[N], input: v.InferOutput<S>) => Promise<unknown>;
}): ResolverFunction {
  return definition as unknown as ResolverFunction;
}

interface ResolverPayload {
  readonly call?: { readonly functionKey?: unknown; readonly payload?: unknown };
  readonly context?: Parameters<typeof callerOf>[0];
}

/**
 * The handler of a screen's resolver. Only the functions named here can be called: names like `constructor`, which the
 * resolver library would answer with its own context, never reach it.
 */
export function createResolver(functions: Readonly<Record<string, ResolverFunction>>, backend: () => Backend) {
  const allowed = new Map(Object.entries(functions));
  const resolver = new Resolver();
  for (const [name, definition] of allowed) {
    resolver.define(name, async (request) =>
      run(definition, backend(), callerOf(request.context as never, undefined), request.payload),
    );
  }
  const definitions = resolver.getDefinitions();
  return async (payload: ResolverPayload, invocation: Parameters<typeof callerOf>[1]): Promise<unknown> => {
    const name = payload.call?.functionKey;
    if (typeof name !== 'string' || !allowed.has(name))
      throw new Failure('unknown-function', 'This function does not exist.');
    const accountId = callerOf(payload.context, invocation)?.accountId;
    if (accountId === undefined) throw new Failure('no-permission', 'Sign in to use this.');
    return definitions({ ...payload, context: { ...payload.context, accountId } } as never, invocation as never);
  };
}

async function run(
  definition: ResolverFunction,
  backend: Backend,
  caller: Caller | undefined,
  payload: unknown,
): Promise<unknown> {
  try {
    if (!caller) throw new Failure('no-permission', 'Sign in to use this.');
    const input = v.safeParse(definition.input, payload ?? {});
    if (!input.success) throw new Failure('invalid-input', `The call was not understood: ${describe(input.issues)}.`);
    const granted = await authorise(definition.needs, caller, backend.permissions);
    return await definition.run(backend, granted as never, input.output as never);
  } catch (error) {
    throw asFailure(error, backend.ports.log);
  }
}

function describe(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues
    .slice(0, 3)
    .map(
      (issue) =>
        `${(issue.path ?? []).map((part) => String(part.key)).join('.') || 'payload'}: ${issue.type} not acceptable`,
    )
    .join('; ')
    .slice(0, 300);
}

/** The one place where a screen's call is allowed or refused. Not found and not allowed look the same. */
async function authorise(need: Need, caller: Caller, permissions: Permissions): Promise<Granted[Need]> {
  const { accountId } = caller;
  switch (need) {
    case 'jira-admin':
      if (!(await permissions.isJiraAdmin())) throw new Failure('no-permission', 'Only Jira admins may do this.');
      return { accountId };
    case 'see-request': {
      const request = caller.requestKey ? await permissions.visibleRequest(caller.requestKey) : undefined;
      if (!request) throw new Failure('not-found', 'This request does not exist, or you may not see it.');
      return { accountId, issueId: request.id, issueKey: request.key };
    }
    case 'see-issue':
    case 'work-issue': {
      const issue = caller.issueKey ? await permissions.visibleIssue(caller.issueKey) : undefined;
      if (!issue) throw new Failure('not-found', 'This issue does not exist, or you may not see it.');
      const mayWork = await permissions.mayTransition(issue.id);
      if (need === 'work-issue' && !mayWork)
        throw new Failure('no-permission', 'You may see this request but not work on it.');
      return { accountId, issueId: issue.id, issueKey: issue.key, mayWork };
    }
  }
}
