/** What an entitlement of Okta is, by its id: `group:{id}` or `app:{id}`. */
export interface OktaEntitlement {
  readonly kind: 'group' | 'app';
  readonly id: string;
}

/** Undefined for a text of another form. */
export function entitlementOf(text: string): OktaEntitlement | undefined {
  const [, kind, id] = /^(group|app):([A-Za-z0-9_-]{1,100})$/.exec(text) ?? [];
  return id !== undefined && (kind === 'group' || kind === 'app') ? { kind, id } : undefined;
}
