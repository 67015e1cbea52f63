/** `router.*` of a frame. Only places that the sandbox has; nothing leaves the machine. */
import { goTo } from '../routing/address';

interface Place {
  url?: unknown;
  target?: unknown;
  issueKey?: unknown;
  moduleKey?: unknown;
  projectKey?: unknown;
}

const SITE = 'https://acme.atlassian.net';

export function urlOf(place: Place): string {
  return new URL(pathOf(place), location.origin).href;
}

export function navigate(place: Place & { type?: unknown }): void {
  const url = new URL(pathOf(place), location.origin);
  if (place.type === 'new-tab') window.open(url.href, '_blank', 'noopener');
  else goTo(url.pathname + url.search);
}

function pathOf(place: Place): string {
  if (typeof place.url === 'string') return pathOfUrl(place.url);
  if (place.target === 'issue' && typeof place.issueKey === 'string')
    return `/browse/${encodeURIComponent(place.issueKey)}`;
  if (place.target === 'module' && place.moduleKey === 'access-admin') return '/admin';
  throw new Error(`The sandbox does not model navigation to ${JSON.stringify(place.target)}`);
}

function pathOfUrl(text: string): string {
  const url = new URL(text, location.origin);
  if (url.origin !== location.origin && url.origin !== SITE)
    throw new Error(`The sandbox opens nothing outside this machine: ${url.origin}`);
  const path = url.pathname;
  if (path.startsWith('/jira/settings') || path.startsWith('/jira/apps')) return '/admin';
  if (path.startsWith('/jira/')) return '/agent';
  const inPortal = /^\/servicedesk\/customer\/portal\/[^/]+\/([^/]+)$/.exec(path)?.[1];
  if (inPortal) return `/portal/request/${inPortal}`;
  return path + url.search;
}
