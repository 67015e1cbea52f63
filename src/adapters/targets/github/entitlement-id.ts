/** What can be held in a GitHub organisation, by its id. */
export type GithubEntitlement =
  | { readonly kind: 'org'; readonly role: OrgRole }
  /** Without a role: whichever. */
  | { readonly kind: 'team'; readonly id: string; readonly role?: TeamRole }
  | { readonly kind: 'repo'; readonly id: string; readonly permission: string };

export type OrgRole = 'member' | 'admin';
export type TeamRole = 'member' | 'maintainer';

/** What the vendor takes for a permission, weakest first; companies add roles of their own. */
export const permissions = ['pull', 'triage', 'push', 'maintain', 'admin'] as const;

const form =
  /^(?:org:(?<org>member|admin)|team:(?<team>\d{1,15})(?::(?<role>member|maintainer))?|repo:(?<repo>\d{1,15}):(?<permission>[A-Za-z0-9][A-Za-z0-9 _-]{0,63}))$/;

/** `org:admin`, `team:17`, `team:17:maintainer`, `repo:42:push`; undefined for a text of another form. */
export function entitlementOf(text: string): GithubEntitlement | undefined {
  const { org, team, role, repo, permission } = form.exec(text)?.groups ?? {};
  if (org !== undefined) return { kind: 'org', role: org as OrgRole };
  if (team !== undefined) return { kind: 'team', id: team, ...(role === undefined ? {} : { role: role as TeamRole }) };
  return repo === undefined || permission === undefined ? undefined : { kind: 'repo', id: repo, permission };
}

/** What an entitlement is about, whatever its level: two levels of one thing exclude each other. */
export function thingOf(entitlement: GithubEntitlement): string {
  return entitlement.kind === 'org' ? 'org' : `${entitlement.kind}:${entitlement.id}`;
}
