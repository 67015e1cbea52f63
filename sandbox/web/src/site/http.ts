/** Calls to this server with the session's cookie. What is refused becomes an error whose text is for people. */

export class SiteError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export async function call<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(path, {
    method,
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new SiteError(0, 'The sandbox does not answer. Is it still running?');
  });
  const text = await answer.text();
  const value = parse(text);
  if (!answer.ok) throw new SiteError(answer.status, reasonOf(value) ?? `${method} ${path} answered ${answer.status}`);
  return value as T;
}

export const get = <T>(path: string): Promise<T> => call<T>('GET', path);
export const post = <T = unknown>(path: string, body: unknown): Promise<T> => call<T>('POST', path, body);
export const put = <T = unknown>(path: string, body: unknown): Promise<T> => call<T>('PUT', path, body);

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

/** Jira, JSM, SCIM and the sandbox each say no in a way of their own. */
function reasonOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { errorMessages, errors, errorMessage, error, detail } = value as Record<string, unknown>;
  const parts = [
    ...(Array.isArray(errorMessages) ? (errorMessages as string[]) : []),
    ...(typeof errors === 'object' && errors !== null ? Object.values(errors as Record<string, string>) : []),
    errorMessage,
    error,
    detail,
  ].filter((part): part is string => typeof part === 'string' && part !== '');
  return parts.length > 0 ? parts.join(' ') : undefined;
}
