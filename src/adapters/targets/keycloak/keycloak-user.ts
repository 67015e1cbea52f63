import type { Identity, IdentityAttributes } from '../../../domain/identity/identity';
import { answered, failed, type Answer } from '../http/answer';
import { fieldsOf, textIn, type Fields } from '../http/json-fields';

/** Where a company may keep the Atlassian account id: an attribute that it adds to its users. */
export const accountIdAttribute = 'atlassianAccountId';

/** What Keycloak calls the users of clients that sign in by themselves. */
export const serviceAccountPrefix = 'service-account-';

/** Whether a user can be used. Locked out for a while after wrong passwords is not switched off. */
export function accountOf(user: Fields): Answer<'active' | 'inactive'> {
  const enabled = user['enabled'];
  return typeof enabled === 'boolean' ? answered(enabled ? 'active' : 'inactive') : failed('malformed');
}

/** A UserRepresentation as an identity; undefined without id, user name or `enabled`, which every one has. */
export function identityOf(user: Fields): Identity | undefined {
  const id = textIn(user, 'id');
  const login = textIn(user, 'username');
  const account = accountOf(user);
  if (id === undefined || login === undefined || !account.ok) return undefined;
  const names = [textIn(user, 'firstName'), textIn(user, 'lastName')].filter((part) => part !== undefined);
  const accountId = attributeOf(user, accountIdAttribute);
  const managerId = attributeOf(user, 'managerId');
  const known = (['department', 'title', 'employeeNumber', 'userType'] satisfies Array<keyof IdentityAttributes>)
    .map((name) => [name, attributeOf(user, name)] as const)
    .filter(([, value]) => value !== undefined);
  const ofClient = textIn(user, 'serviceAccountClientId') !== undefined || login.startsWith(serviceAccountPrefix);
  return {
    kind: ofClient ? 'service-account' : 'person',
    id,
    name: names.length === 0 ? login : names.join(' '),
    login,
    active: account.value === 'active',
    ...(accountId === undefined ? {} : { accountId }),
    ...(managerId === undefined ? {} : { managerId }),
    attributes: Object.fromEntries(known),
  };
}

/** The one value of an attribute; undefined when there is none or more than one. */
export function attributeOf(user: Fields, name: string): string | undefined {
  const values = fieldsOf(user['attributes'])?.[name];
  return Array.isArray(values) && values.length === 1 ? textIn({ value: values[0] }, 'value') : undefined;
}
