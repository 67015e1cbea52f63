import type { Identity, IdentityAttributes } from '../../../domain/identity/identity';
import { fieldsOf, textIn, type Fields } from '../http/json-fields';

/** The attribute in which a company keeps the Atlassian account id of a user, because Entra has no field for it. */
export const accountIdAttribute = 'extensionAttribute15';

/** The properties that make an identity. */
export const identityProperties = [
  'id',
  'displayName',
  'userPrincipalName',
  'accountEnabled',
  'department',
  'jobTitle',
  'employeeId',
  'userType',
  'onPremisesExtensionAttributes',
].join(',');

/** The Atlassian account id of a user object; undefined when it has none. */
export function accountIdOf(user: Fields): string | undefined {
  return textIn(fieldsOf(user['onPremisesExtensionAttributes']), accountIdAttribute);
}

/** A user object as an identity; undefined when it is malformed. Users of Entra are people: workloads have objects of their own. */
export function identityOf(user: Fields): Identity | undefined {
  const id = textIn(user, 'id');
  const login = textIn(user, 'userPrincipalName');
  const enabled = user['accountEnabled'];
  if (id === undefined || login === undefined || typeof enabled !== 'boolean') return undefined;
  const accountId = accountIdOf(user);
  const managerId = textIn(fieldsOf(user['manager']), 'id');
  return {
    kind: 'person',
    id,
    name: textIn(user, 'displayName') ?? login,
    login,
    active: enabled,
    ...(accountId === undefined ? {} : { accountId }),
    ...(managerId === undefined ? {} : { managerId }),
    attributes: known({
      department: textIn(user, 'department'),
      title: textIn(user, 'jobTitle'),
      employeeNumber: textIn(user, 'employeeId'),
      userType: textIn(user, 'userType'),
    }),
  };
}

function known(attributes: { [K in keyof IdentityAttributes]: string | undefined }): IdentityAttributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
