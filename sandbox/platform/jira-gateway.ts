/** The app's calls to Jira: whose call it is, whether the scopes allow it, what it costs. */
import type { Actor, JiraSite, ScopeRule } from '../contracts';
import type { FaultBox } from './faults';
import type { Invocation } from './invoke/invocations';
import type { Manifest } from './manifest';
import { jsonAnswer, type PlatformAnswer, type PlatformCall, proxyError, textOf } from './platform-call';
import type { Unmodelled } from './unmodelled';

export interface JiraReply {
  answer: PlatformAnswer;
  points: number;
  /** `app`, an account id, or `anonymous`. */
  actor: string;
}

export type JiraGateway = (call: PlatformCall, invocation: Invocation) => Promise<JiraReply>;

export function createJiraGateway(deps: {
  site: () => JiraSite;
  manifest: Manifest;
  faults: FaultBox;
  unmodelled: Unmodelled;
  /** Portal-only people may be impersonated, people without any access may not. */
  mayBeActedFor: (accountId: string) => boolean;
}): JiraGateway {
  const { site, manifest, faults, unmodelled } = deps;

  return async (call, invocation) => {
    const who = actorOf(call, invocation);
    const name = who === undefined ? 'anonymous' : who.kind === 'user' ? who.accountId : who.kind;
    const free = (answer: PlatformAnswer): JiraReply => ({ answer, points: 0, actor: name });
    if (!who || (who.kind === 'user' && !deps.mayBeActedFor(who.accountId)))
      return free(proxyError(401, 'NEEDS_AUTHENTICATION_ERR'));

    const down = faults.jiraDown();
    if (down !== undefined) return free(unavailable(down));
    const retryAfter = faults.jira429();
    if (retryAfter !== undefined) return free(tooMany(retryAfter));

    const rule = site().scopeRule(call.method.toUpperCase(), call.path);
    if (!rule) return free(notModelled(unmodelled, `${call.method.toUpperCase()} ${pathOnly(call.path)}`));
    const offline = who.kind === 'user' && who.accountId !== invocation.principal;
    if (!allowed(rule, offline))
      return free(jsonAnswer(401, { code: 401, message: 'Unauthorized; scope does not match' }));

    const body = textOf(call.body);
    const response = await site().handle({
      method: call.method.toUpperCase(),
      path: call.path,
      headers: call.headers,
      ...(body === '' ? {} : { body }),
      actor: who,
    });
    if (response.status === 501) unmodelled.record(`${call.method.toUpperCase()} ${pathOnly(call.path)}`);
    const points = 1 + (response.objects ?? 0);
    // Asked after the effect: whether an issue was made is what the app cannot know from such an answer.
    if (CREATIONS.has(rule.operation) && response.status === 201 && faults.creationLost())
      return { answer: unavailable(503), points, actor: name };
    const headers = Object.entries(response.headers);
    if (response.body !== undefined && !headers.some(([header]) => header.toLowerCase() === 'content-type'))
      headers.push(['content-type', 'application/json;charset=UTF-8']);
    return {
      answer: {
        status: response.status,
        headers,
        ...(response.body === undefined ? {} : { body: JSON.stringify(response.body) }),
      },
      points,
      actor: name,
    };
  };

  function actorOf(call: PlatformCall, invocation: Invocation): Actor | undefined {
    if (call.meta.provider === 'app') return { kind: 'app' };
    if (call.meta.provider !== 'user') return { kind: 'anonymous' };
    const accountId = call.meta.accountId ?? invocation.principal;
    return accountId === undefined ? undefined : { kind: 'user', accountId };
  }

  /** Acting for somebody who is not in front of the screen needs a scope that says so. */
  function allowed(rule: ScopeRule, offline: boolean): boolean {
    if (rule.scopes.length === 0 && !offline) return true;
    return rule.scopes.some((scope) => {
      const declared = manifest.scopes.get(scope);
      return declared !== undefined && (!offline || declared.allowImpersonation);
    });
  }
}

export function notModelled(unmodelled: Unmodelled, operation: string): PlatformAnswer {
  unmodelled.record(operation);
  return jsonAnswer(501, { code: 501, message: `The sandbox does not model ${operation}` });
}

const pathOnly = (path: string) => path.split('?')[0] as string;

const CREATIONS = new Set(['createIssue', 'createCustomerRequest']);

const unavailable = (status: number) => jsonAnswer(status, { errorMessages: ['Jira is not available'] });

const tooMany = (retryAfter: number) =>
  jsonAnswer(429, { errorMessages: ['Rate limit exceeded'] }, [
    ['retry-after', String(retryAfter)],
    ['x-ratelimit-limit', '100'],
    ['x-ratelimit-remaining', '0'],
    ['ratelimit-reason', 'jira-burst-based'],
  ]);
