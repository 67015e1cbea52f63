import type { connectorInput } from '../../../../../src/contract/inputs';
import type { Input } from '../../../bridge';
import { type en } from '../../../texts/en';

type Auth = Input<typeof connectorInput>['auth'];
export type AuthKind = Auth['kind'];
export type AuthField = keyof typeof en.admin.connectors.authFields;

interface Field {
  readonly name: AuthField;
  readonly optional?: true;
}

const fields: Readonly<Record<AuthKind, readonly Field[]>> = {
  bearer: [],
  'okta-token': [],
  oauth2: [{ name: 'tokenUrl' }, { name: 'clientId' }, { name: 'scope', optional: true }],
  'private-key-jwt': [
    { name: 'tokenUrl' },
    { name: 'clientId' },
    { name: 'keyId', optional: true },
    { name: 'scope', optional: true },
  ],
  'jwt-bearer': [
    { name: 'tokenUrl' },
    { name: 'issuer' },
    { name: 'subject', optional: true },
    { name: 'keyId', optional: true },
    { name: 'scope', optional: true },
  ],
  'github-app': [{ name: 'appId' }, { name: 'installationId' }],
  sigv4: [{ name: 'accessKeyId' }, { name: 'region' }],
  'keystone-credential': [{ name: 'credentialId' }],
  'keystone-password': [{ name: 'userName' }, { name: 'userDomain' }],
  signature: [],
  none: [],
};

/** What a way to sign in asks for beside its secret. */
export function fieldsOf(kind: AuthKind): readonly Field[] {
  return fields[kind];
}

/** Whether the secret is a private key of several lines. */
export function isKey(kind: AuthKind): boolean {
  return kind === 'private-key-jwt' || kind === 'jwt-bearer' || kind === 'github-app';
}

export function needsSecret(kind: AuthKind): boolean {
  return kind !== 'none';
}
