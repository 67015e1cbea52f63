/** What an entitlement id of Entra names. */
export type EntraEntitlement =
  | { readonly kind: 'group'; readonly groupId: string }
  | { readonly kind: 'app-role'; readonly resourceId: string; readonly appRoleId: string }
  /**
   * By the id of the role's definition, which for built-in roles is the template's: the same in every tenant, and there
   * before anybody holds the role. The `directoryRole` object has another id in each tenant, from its activation on.
   */
  | { readonly kind: 'directory-role'; readonly roleId: string };

// Graph writes ids in lower case. Ids are compared exactly, so another case is another id.
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text can be an object's id. Only then does it stand in a path or a filter. */
export function isGuid(text: string | undefined): text is string {
  return text !== undefined && guid.test(text);
}

/** Undefined when the id has another form than Entra's have. */
export function entitlementOf(id: string): EntraEntitlement | undefined {
  const [prefix, first, second, ...more] = id.split(':');
  if (!isGuid(first) || more.length > 0) return undefined;
  if (prefix === 'app-role') return isGuid(second) ? { kind: prefix, resourceId: first, appRoleId: second } : undefined;
  if (second !== undefined) return undefined;
  if (prefix === 'group') return { kind: prefix, groupId: first };
  return prefix === 'directory-role' ? { kind: prefix, roleId: first } : undefined;
}
