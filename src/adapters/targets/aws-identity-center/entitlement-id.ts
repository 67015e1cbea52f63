/** What an entitlement id of IAM Identity Center names. */
export type AwsEntitlement =
  | { readonly kind: 'group'; readonly groupId: string }
  | { readonly kind: 'assignment'; readonly accountId: string; readonly permissionSetArn: string };

const resourceId = /^(?:[0-9a-f]{10}-)?[A-Fa-f0-9]{8}(?:-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}$/;
const assignment =
  /^assignment:(\d{12}):(arn:(?:aws|aws-us-gov|aws-cn):sso:::permissionSet\/(?:sso)?ins-[a-zA-Z0-9-.]{16}\/ps-[a-zA-Z0-9-./]{16})$/;

/** Whether a text can be the id of a user or group. */
export function isResourceId(text: string): boolean {
  return resourceId.test(text);
}

/** Undefined when the id has another form than those of Identity Center have. */
export function entitlementOf(id: string): AwsEntitlement | undefined {
  const [, accountId, permissionSetArn] = assignment.exec(id) ?? [];
  if (accountId !== undefined && permissionSetArn !== undefined)
    return { kind: 'assignment', accountId, permissionSetArn };
  const groupId = id.startsWith('group:') ? id.slice('group:'.length) : '';
  return isResourceId(groupId) ? { kind: 'group', groupId } : undefined;
}
