/** What an entitlement of Keycloak is, by its id: `group:{id}`, `realm-role:{id}` or `client-role:{id}`. Names can change, ids cannot. */
export interface KeycloakEntitlement {
  readonly kind: 'group' | RoleKind;
  readonly id: string;
}

export type RoleKind = 'realm-role' | 'client-role';

export interface RoleEntitlement extends KeycloakEntitlement {
  readonly kind: RoleKind;
}

/** Undefined for a text of another form. */
export function entitlementOf(text: string): KeycloakEntitlement | undefined {
  const [, kind, id] = /^(group|realm-role|client-role):([A-Za-z0-9_-]{1,100})$/.exec(text) ?? [];
  return id === undefined ? undefined : { kind: kind as KeycloakEntitlement['kind'], id };
}

export function isRole(entitlement: KeycloakEntitlement): entitlement is RoleEntitlement {
  return entitlement.kind !== 'group';
}
