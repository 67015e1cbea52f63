import type { Identity, IdentityAttributes, IdentityKind } from '../../../domain/identity/identity';
import type { Observation } from '../../../domain/verification/judge';
import { fieldsOf, textIn, type Fields } from '../http/json-fields';

/** A user of Okta, as far as access is concerned. */
export interface OktaUser {
  readonly id: string;
  /** The account is made and nobody has taken it up yet: what it holds waits with it. */
  readonly waiting: boolean;
  readonly account: Exclude<Observation['account'], 'gone'>;
}

/** Where a company may keep the Atlassian account id: an attribute that it adds to its Okta user profile. */
export const accountIdAttribute = 'atlassianAccountId';

// Locked out, recovering and expired passwords pass: whoever is there keeps the access.
const inUse: ReadonlySet<string> = new Set(['ACTIVE', 'LOCKED_OUT', 'PASSWORD_EXPIRED', 'RECOVERY']);
const notTakenUp: ReadonlySet<string> = new Set(['STAGED', 'PROVISIONED']);
const switchedOff: ReadonlySet<string> = new Set(['SUSPENDED', 'DEPROVISIONED']);

const kinds: ReadonlyMap<string, IdentityKind> = new Map([
  ['service', 'service-account'],
  ['service account', 'service-account'],
  ['service-account', 'service-account'],
  ['workload', 'workload'],
]);

/** A User object of the Management API; undefined when it has no id or a status that is none of Okta's. */
export function oktaUserOf(row: Fields): OktaUser | undefined {
  const id = textIn(row, 'id');
  const status = textIn(row, 'status') ?? '';
  if (id === undefined || !(inUse.has(status) || notTakenUp.has(status) || switchedOff.has(status))) return undefined;
  return { id, waiting: notTakenUp.has(status), account: inUse.has(status) ? 'active' : 'inactive' };
}

/** The same as an identity; undefined when it has no login either. */
export function identityOf(row: Fields): Identity | undefined {
  const user = oktaUserOf(row);
  const profile = fieldsOf(row['profile']);
  const login = textIn(profile, 'login');
  if (!user || !profile || login === undefined) return undefined;
  const accountId = textIn(profile, accountIdAttribute);
  const managerId = textIn(profile, 'managerId');
  const userType = textIn(profile, 'userType');
  return {
    kind: kinds.get(userType?.toLowerCase() ?? '') ?? 'person',
    id: user.id,
    name: nameOf(profile) ?? login,
    login,
    active: user.waiting || user.account === 'active',
    ...(accountId === undefined ? {} : { accountId }),
    ...(managerId === undefined ? {} : { managerId }),
    attributes: known({
      department: textIn(profile, 'department'),
      title: textIn(profile, 'title'),
      employeeNumber: textIn(profile, 'employeeNumber'),
      userType,
    }),
  };
}

function nameOf(profile: Fields): string | undefined {
  const parts = [textIn(profile, 'firstName'), textIn(profile, 'lastName')].filter((part) => part !== undefined);
  return textIn(profile, 'displayName') ?? (parts.length === 0 ? undefined : parts.join(' '));
}

function known(attributes: { [K in keyof IdentityAttributes]: string | undefined }): IdentityAttributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
