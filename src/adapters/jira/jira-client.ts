import api, { type Route } from '@forge/api';
import { Unavailable } from '../../usecases/ports';

/** Who a call is made as: the app, the person in session, or a named person offline (impersonation scope). */
export type As = 'app' | 'user' | { readonly accountId: string };

export interface JiraAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * One call to Jira. Answers 2xx and 4xx as they are; throws `Unavailable` when Jira cannot be relied on: 429, 5xx,
 * transport failures, refused scopes (401), answers that are not JSON.
 */
export async function callJira(
  as: As,
  route: Route,
  init: { method?: string; body?: unknown } = {},
): Promise<JiraAnswer> {
  const requester = as === 'app' ? api.asApp() : as === 'user' ? api.asUser() : api.asUser(as.accountId);
  let response;
  try {
    response = await requester.requestJira(route, {
      method: init.method ?? 'GET',
      headers: {
        Accept: 'application/json',
        ...(init.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
  } catch {
    throw new Unavailable('jira');
  }
  if (response.status === 429 || response.status >= 500 || response.status === 401) {
    const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
    throw new Unavailable('jira', Number.isFinite(retryAfter) ? retryAfter : undefined);
  }
  const text = await response.text();
  if (text === '') return { status: response.status, body: undefined };
  try {
    return { status: response.status, body: JSON.parse(text) as unknown };
  } catch {
    throw new Unavailable('jira');
  }
}

/** The body of an answer that must be good; throws `Unavailable` for anything but 2xx. */
export async function callJiraOk(
  as: As,
  route: Route,
  init: { method?: string; body?: unknown } = {},
): Promise<unknown> {
  const answer = await callJira(as, route, init);
  if (answer.status >= 300) throw new Unavailable('jira');
  return answer.body;
}

/** Jira's own words about what is wrong, for a person: error messages and field errors in one line. */
export function jiraErrorText(body: unknown): string {
  const error = body as { errorMessages?: unknown; errors?: unknown; errorMessage?: unknown } | undefined;
  const messages = Array.isArray(error?.errorMessages)
    ? error.errorMessages.filter((m): m is string => typeof m === 'string')
    : [];
  const fields =
    typeof error?.errors === 'object' && error.errors !== null
      ? Object.values(error.errors).filter((m): m is string => typeof m === 'string')
      : [];
  const single = typeof error?.errorMessage === 'string' ? [error.errorMessage] : [];
  return [...messages, ...fields, ...single].join(' ').slice(0, 500);
}
