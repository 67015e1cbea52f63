/** `permissions.egress` of the bridge: hosts that the customer's admin approves at run time. */
import { isAdmin } from '../session/role-words';
import type { Person } from '../session/session';
import { call, get, post } from '../site/http';

export interface WantedEgress {
  key: string;
  description: string;
  configured: Array<{ domain: string; type: string[] }>;
}

interface Env {
  person: Person;
  /** Asks the person in front of the screen. */
  confirm: (wanted: WantedEgress[]) => Promise<boolean>;
}

const GROUPS = 'sandbox-egress-groups';
const hostOf = (domain: string) =>
  domain
    .replace(/^https?:\/\//, '')
    .replace(/[/:].*$/, '')
    .toLowerCase();
const approvedHosts = async () => (await get<{ approved: string[] }>('/sandbox/egress')).approved;

function known(): WantedEgress[] {
  return JSON.parse(localStorage.getItem(GROUPS) ?? '[]') as WantedEgress[];
}

/** What is approved is the server's knowledge; under which key it was asked for is remembered here. */
export async function egressGet(payload: { keys?: string[] } | undefined) {
  const approved = await approvedHosts();
  const groups = known().map((group) => ({
    ...group,
    configured: group.configured.filter(({ domain }) => approved.includes(hostOf(domain))),
  }));
  const grouped = new Set(groups.flatMap((group) => group.configured.map(({ domain }) => hostOf(domain))));
  const rest = approved.filter((host) => !grouped.has(host)).map((domain) => ({ domain, type: ['FetchBackendSide'] }));
  const all = [...groups, { key: 'approved', description: 'Approved for this installation', configured: rest }];
  return {
    results: all.filter(
      ({ key, configured }) =>
        configured.length > 0 && (payload?.keys === undefined || payload.keys.includes(key) || key === 'approved'),
    ),
  };
}

export async function egressSet(env: Env, payload: { egresses: WantedEgress[] }) {
  requireAdmin(env.person);
  if (!(await env.confirm(payload.egresses))) throw new Error('The administrator did not approve these domains');
  for (const { configured } of payload.egresses)
    for (const { domain } of configured) await post('/sandbox/egress', { host: hostOf(domain) });
  const others = known().filter((group) => !payload.egresses.some(({ key }) => key === group.key));
  localStorage.setItem(GROUPS, JSON.stringify([...others, ...payload.egresses]));
  return { results: payload.egresses };
}

export async function egressDelete(env: Env, payload: { key: string; domain?: string }) {
  requireAdmin(env.person);
  const group = known().find(({ key }) => key === payload.key);
  const domains =
    payload.domain === undefined ? (group?.configured ?? []).map(({ domain }) => domain) : [payload.domain];
  for (const domain of domains) await call('DELETE', `/sandbox/egress?host=${encodeURIComponent(hostOf(domain))}`);
}

function requireAdmin(person: Person): void {
  if (!isAdmin(person)) throw new Error('Only a Jira administrator may change which domains the app may call');
}
