/** An entitlement of Keystone: membership in a group, or a role on something. */
export type KeystoneEntitlement =
  | { readonly kind: 'group'; readonly groupId: string }
  | { readonly kind: 'project' | 'domain' | 'system'; readonly scopeId: string; readonly roleId: string };

const roleForm = /^(project|domain|system):([^:]+):([^:]+)$/;
const groupForm = /^group:([^:]+)$/;

/** Reads `group:{id}`, `project:{project}:{role}`, `domain:{domain}:{role}` or `system:all:{role}`; undefined for anything else. */
export function parseEntitlement(id: string): KeystoneEntitlement | undefined {
  const groupId = groupForm.exec(id)?.[1];
  if (groupId !== undefined) return { kind: 'group', groupId };
  const [, kind, scopeId, roleId] = roleForm.exec(id) ?? [];
  if (scopeId === undefined || roleId === undefined) return undefined;
  // There is one system, and `all` is its name in the API.
  if (kind === 'system' && scopeId !== 'all') return undefined;
  return { kind: kind as 'project' | 'domain' | 'system', scopeId, roleId };
}
