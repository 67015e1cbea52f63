/**
 * The app's way out. Checks every hop against the policy and routes host names to servers on loopback; a host with no
 * server behind it is unreachable, so no call ever leaves the machine.
 */
import type { TargetServer } from '../../contracts';
import type { FaultBox } from '../faults';
import { CallFailed, type PlatformAnswer, type PlatformCall, proxyError } from '../platform-call';
import type { EgressPolicy } from './egress-policy';
import { forward } from './forward';
import { alteredPath, alterBody, lostAnswer, standIn } from './target-faults';

export type EgressProxy = (call: PlatformCall, signal: AbortSignal | undefined) => Promise<PlatformAnswer>;

const MAX_REDIRECTS = 20;

export function createEgressProxy(deps: {
  policy: EgressPolicy;
  faults: FaultBox;
  targets: () => readonly TargetServer[];
}): EgressProxy {
  const { policy, faults, targets } = deps;

  return async (call, signal) => {
    let hop = { method: call.method, url: new URL(call.path), headers: call.headers, body: call.body };
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      if (!policy.allows(hop.url)) return proxyError(403, 'REQUEST_EGRESS_ALLOWLIST_ERR');
      const answer = await once(hop, signal);
      const location = isRedirect(answer.status) ? headerOf(answer, 'location') : undefined;
      if (location === undefined || call.redirect === 'manual')
        return { ...answer, url: hop.url.href, ...(hops > 0 ? { redirected: true } : {}) };
      if (call.redirect === 'error') throw new CallFailed('UNEXPECTED_REDIRECT', 'unexpected redirect');
      hop = nextHop(hop, answer.status, new URL(location, hop.url));
    }
    throw new CallFailed('TOO_MANY_REDIRECTS', 'redirect count exceeded');
  };

  async function once(hop: Hop, signal: AbortSignal | undefined): Promise<PlatformAnswer> {
    const target = targets().find(({ host, aliases = [] }) => [host, ...aliases].includes(hop.url.hostname));
    const names = [hop.url.hostname, ...(target ? [target.name] : [])];
    await pause(faults.targetDelay(names), signal);
    if (faults.targetDown(names)) throw new CallFailed('ECONNREFUSED', `connect ECONNREFUSED ${hop.url.host}`);
    if (!target) throw new CallFailed('ENOTFOUND', `getaddrinfo ENOTFOUND ${hop.url.hostname}`);
    const fault = faults.targetAnswer(names);
    const instead = fault && standIn(fault, hop.url, hop.method);
    if (instead) return instead;
    const answer = await forward(target.baseUrl, { ...hop, path: alteredPath(fault, hop.url) }, signal);
    return lostAnswer(fault, hop.url, hop.method) ?? alterBody(fault, answer);
  }
}

interface Hop {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: PlatformCall['body'];
}

const isRedirect = (status: number) => [301, 302, 303, 307, 308].includes(status);

const headerOf = (answer: PlatformAnswer, name: string) =>
  answer.headers.find(([header]) => header.toLowerCase() === name)?.[1];

/** As fetch follows: credentials stay with their origin, and a form is not posted twice. */
function nextHop(hop: Hop, status: number, url: URL): Hop {
  const { authorization, cookie, ...rest } = hop.headers;
  const sameOrigin = url.origin === hop.url.origin;
  const credentials = {
    ...(authorization === undefined ? {} : { authorization }),
    ...(cookie === undefined ? {} : { cookie }),
  };
  const headers = sameOrigin ? { ...rest, ...credentials } : rest;
  const becomesGet =
    (status === 303 && hop.method !== 'HEAD') || ((status === 301 || status === 302) && hop.method === 'POST');
  return becomesGet ? { method: 'GET', url, headers, body: undefined } : { ...hop, url, headers };
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
