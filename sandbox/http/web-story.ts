/** How far the newcomer has come: the latest request for access, and whether the directory shows it. */
import type { World } from '../world';
import { scim } from '../seed/company';

export interface StorySoFar {
  now: string;
  issue?: { key: string; summary: string; status: string; entitlement: string; change: string; member: boolean };
}

interface Found {
  issues?: Array<{ key: string; fields: Record<string, unknown> }>;
}

export async function storySoFar(world: World): Promise<StorySoFar> {
  const { fields, project } = await world.state();
  const wanted = { entitlement: fields['Entitlement'] ?? '', beneficiary: fields['Beneficiary'] ?? '' };
  const jql = encodeURIComponent(`project = ${project.key} AND issuetype = "Request access" ORDER BY created DESC`);
  const names = ['summary', 'status', 'issuetype', 'reporter', 'comment', ...Object.values(wanted)].join(',');
  const answer = await world.as('amir@acme.test').get(`/rest/api/3/search/jql?jql=${jql}&maxResults=1&fields=${names}`);
  const [issue] = (answer.body as Found).issues ?? [];
  const now = world.now();
  if (!issue) return { now };
  const text = (id: string) => (typeof issue.fields[id] === 'string' ? issue.fields[id] : '');
  const named = (id: string, property: string) => (issue.fields[id] as Record<string, string> | null)?.[property] ?? '';
  const holder = named(wanted.beneficiary, 'accountId') || named('reporter', 'accountId');
  return {
    now,
    issue: {
      key: issue.key,
      summary: text('summary'),
      status: named('status', 'name'),
      entitlement: text(wanted.entitlement),
      change: named('issuetype', 'name'),
      member: await isMember(world, text(wanted.entitlement), holder),
    },
  };
}

async function isMember(world: World, group: string, accountId: string): Promise<boolean> {
  const target = world.target(scim.name);
  const read = async (path: string) => {
    const answer = await fetch(`${target.baseUrl}${path}`, { headers: { authorization: `Bearer ${target.token}` } });
    return answer.ok ? (((await answer.json()) as { Resources?: Array<Record<string, unknown>> }).Resources ?? []) : [];
  };
  const [groups, users] = await Promise.all([
    read(`/Groups?filter=${encodeURIComponent(`displayName eq ${JSON.stringify(group)}`)}`),
    read('/Users?count=200'),
  ]);
  const email = Object.values(world.site.describe().people).find((person) => person.accountId === accountId)?.email;
  const user = users.find((candidate) => candidate['externalId'] === accountId || candidate['userName'] === email);
  const members = (groups[0]?.['members'] ?? []) as Array<{ value: string }>;
  return user !== undefined && members.some((member) => member.value === user['id']);
}
