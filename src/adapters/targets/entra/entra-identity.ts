import type { Identity, IdentityAttributes } from '../../../domain/identity/identity';
import { rowOf, textOf, type Row } from './graph-row';

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
export function accountIdOf(user: Row): string | undefined {
  return textOf(rowOf(user['onPremisesExtensionAttributes']), accountIdAttribute);
}

/** A user object as an identity; undefined when it is malformed. Users of Entra are people: workloads have objects of their own. */
export function identityOf(user: Row): Identity | undefined {
  const id = textOf(user, 'id');
  const login = textOf(user, 'userPrincipalName');
  const enabled = user['accountEnabled'];
  if (id === undefined || login === undefined || typeof enabled !== 'boolean') return undefined;
  const accountId = accountIdOf(user);
  const managerId = textOf(rowOf(user['manager']), 'id');
  return {
    kind: 'person',
    id,
    name: textOf(user, 'displayName') ?? login,
    login,
    active: enabled,
    ...(accountId === undefined ? {} : { accountId }),
    ...(managerId === undefined ? {} : { managerId }),
    attributes: known({
      department: textOf(user, 'department'),
      title: textOf(user, 'jobTitle'),
      employeeNumber: textOf(user, 'employeeId'),
      userType: textOf(user, 'userType'),
    }),
  };
}

function known(attributes: { [K in keyof IdentityAttributes]: string | undefined }): IdentityAttributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
