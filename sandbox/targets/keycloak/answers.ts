/** Objects as the Admin REST API shows them. */
import { REALM, type Client, type Group, type Realm, type Role, type User } from './realm';

export function userAnswer(user: User, brief: boolean): object {
  const { id, username, enabled, firstName, lastName, email, attributes } = user;
  return {
    id,
    username,
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(email === undefined ? {} : { email }),
    emailVerified: false,
    enabled,
    createdTimestamp: 1_700_000_000_000,
    ...(brief
      ? {}
      : {
          ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
          totp: false,
          disableableCredentialTypes: [],
          requiredActions: [],
          notBefore: 0,
        }),
    access: { manage: false },
  };
}

export function pathOf(realm: Realm, groupId: string): string {
  const names = realm.upwards(groupId).map(({ name }) => name);
  return `/${names.reverse().join('/')}`;
}

/** `counted`: with how many groups are right below, as lists of groups have it and lists of a user's groups have not. */
export function groupAnswer(realm: Realm, group: Group, counted: boolean): object {
  const below = realm.all(realm.groups).filter(({ parentId }) => parentId === group.id);
  return {
    id: group.id,
    name: group.name,
    path: pathOf(realm, group.id),
    ...(group.parentId === undefined ? {} : { parentId: group.parentId }),
    ...(counted ? { subGroupCount: below.length } : {}),
    subGroups: [],
  };
}

/** The same as versions before 23 have it: everything below stands inside, and nothing says what is above. */
export function olderGroupAnswer(realm: Realm, group: Group): object {
  const below = realm.all(realm.groups).filter(({ parentId }) => parentId === group.id);
  return {
    id: group.id,
    name: group.name,
    path: pathOf(realm, group.id),
    subGroups: below.map((each) => olderGroupAnswer(realm, each)),
  };
}

export function roleAnswer(role: Role): object {
  return {
    id: role.id,
    name: role.name,
    composite: role.composites.length > 0,
    clientRole: role.clientId !== undefined,
    containerId: role.clientId ?? REALM,
  };
}

/** Whoever may view a client sees its secret. */
export function clientAnswer(client: Client): object {
  const { id, clientId, name, enabled, secret, serviceAccountsEnabled, clientAuthenticatorType, attributes } = client;
  return {
    id,
    clientId,
    ...(name === undefined ? {} : { name }),
    enabled,
    clientAuthenticatorType,
    secret,
    bearerOnly: false,
    publicClient: false,
    standardFlowEnabled: false,
    serviceAccountsEnabled,
    protocol: 'openid-connect',
    attributes,
    fullScopeAllowed: true,
    access: { view: true, configure: false, manage: false },
  };
}
