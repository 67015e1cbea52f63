/** Who invoked a function, from the platform's trusted second argument and invocation context only. */
export interface Caller {
  readonly accountId: string;
  readonly issueKey?: string;
  readonly requestKey?: string;
}

interface InvocationContext {
  readonly principal?: { readonly accountId?: unknown };
}

interface ResolverContext {
  readonly accountId?: unknown;
  readonly extension?: { readonly issue?: { readonly key?: unknown }; readonly request?: { readonly key?: unknown } };
}

const key = /^[A-Z][A-Z0-9_]{1,30}-\d{1,10}$/;

/**
 * The calling person and the issue the screen belongs to. The issue's key is a claim: every function that uses it reads
 * the issue again with the person's own rights (developer.atlassian.com/platform/forge/app-context-security).
 */
export function callerOf(
  context: ResolverContext | undefined,
  invocation: InvocationContext | undefined,
): Caller | undefined {
  const accountId = invocation?.principal?.accountId ?? context?.accountId;
  if (typeof accountId !== 'string' || accountId === '' || accountId === 'unidentified') return undefined;
  const issueKey = context?.extension?.issue?.key;
  const requestKey = context?.extension?.request?.key;
  return {
    accountId,
    ...(typeof issueKey === 'string' && key.test(issueKey) ? { issueKey } : {}),
    ...(typeof requestKey === 'string' && key.test(requestKey) ? { requestKey } : {}),
  };
}
