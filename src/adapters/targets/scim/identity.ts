import type { Identity, IdentityAttributes, IdentityKind } from '../../../domain/identity/identity';
import { attributesOf, textOf, type Attributes } from './attributes';

/** The schema of what companies add to a User. */
export const enterpriseExtension = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

// Current, older and portal-only accounts. Anything else in externalId is some other system's number.
const atlassianAccountId =
  /^(?:\d{1,10}:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-z]{24}|qm:[0-9a-z:-]{8,120})$/i;

const kinds: ReadonlyMap<string, IdentityKind> = new Map([
  ['service', 'service-account'],
  ['serviceaccount', 'service-account'],
  ['service-account', 'service-account'],
  ['workload', 'workload'],
]);

/** A User resource as an identity; undefined when it has no id or no user name, or `active` is neither yes nor no. */
export function identityOf(user: Attributes): Identity | undefined {
  const id = textOf(user, 'id');
  const login = textOf(user, 'userName');
  const active = activeOf(user);
  if (id === undefined || login === undefined || active === 'malformed') return undefined;
  const extension = attributesOf(user.get(enterpriseExtension.toLowerCase()));
  const externalId = textOf(user, 'externalId');
  const managerId = textOf(attributesOf(extension?.get('manager')), 'value');
  const userType = textOf(user, 'userType');
  return {
    kind: kinds.get(userType?.toLowerCase() ?? '') ?? 'person',
    id,
    name: nameOf(user) ?? login,
    login,
    // A server without the attribute has no way to switch people off.
    active: active ?? true,
    ...(externalId !== undefined && atlassianAccountId.test(externalId) ? { accountId: externalId } : {}),
    ...(managerId === undefined ? {} : { managerId }),
    attributes: known({
      department: textOf(extension, 'department'),
      title: textOf(user, 'title'),
      employeeNumber: textOf(extension, 'employeeNumber'),
      userType,
    }),
  };
}

/** The employee number of a User resource; undefined when it has none. */
export function employeeNumberOf(user: Attributes): string | undefined {
  return textOf(attributesOf(user.get(enterpriseExtension.toLowerCase())), 'employeeNumber');
}

/** Whether the account is switched on; undefined when the server does not say. Some servers write booleans as text. */
export function activeOf(user: Attributes): boolean | undefined | 'malformed' {
  const active = user.get('active');
  if (active === undefined || typeof active === 'boolean') return active;
  const text = typeof active === 'string' ? active.toLowerCase() : '';
  return text === 'true' ? true : text === 'false' ? false : 'malformed';
}

function nameOf(user: Attributes): string | undefined {
  const name = attributesOf(user.get('name'));
  const parts = [textOf(name, 'givenName'), textOf(name, 'familyName')].filter((part) => part !== undefined);
  return textOf(user, 'displayName') ?? textOf(name, 'formatted') ?? (parts.length === 0 ? undefined : parts.join(' '));
}

function known(attributes: { [K in keyof IdentityAttributes]: string | undefined }): IdentityAttributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
