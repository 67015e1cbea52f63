/** Ids of users are digits; those of groups are letters and digits. Neither can be an address, which may change hands. */
const userId = /^\d{1,30}$/;
const groupId = /^[A-Za-z0-9]{1,40}$/;

/** Whether a text can be a user's id. Only then is it asked for as one. */
export function isUserId(text: string): boolean {
  return userId.test(text);
}

/** The id of the group that an entitlement is; undefined for anything of another form. */
export function groupIdOf(entitlementId: string): string | undefined {
  const id = entitlementId.startsWith('group:') ? entitlementId.slice('group:'.length) : '';
  return groupId.test(id) ? id : undefined;
}
