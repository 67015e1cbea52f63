import type { Connector, ConnectorAuth, ConnectorKind, ConnectorSettings } from './connector';

/** What a connector can be asked. */
export interface ConnectorCapabilities {
  /** Sees access that comes through groups in groups, roles in roles and the like, and not only what is assigned directly. */
  readonly effective: boolean;
  readonly write: boolean;
  readonly members: boolean;
  readonly heldBy: boolean;
  /** Service accounts and workloads with their credentials. */
  readonly nonHuman: boolean;
  /** Finds people by employee number. */
  readonly employeeNumber: boolean;
}

export interface SettingRule {
  readonly name: keyof ConnectorSettings;
  readonly label: string;
  readonly hint: string;
  /** What the target's own ids look like, whole text. */
  readonly pattern: string;
}

export interface ConnectorKindRule {
  readonly label: string;
  /** What the address has to be: the only one there is, the customer's host at a vendor (whole name), the customer's own, or none. */
  readonly address:
    | { readonly kind: 'fixed'; readonly url: string }
    | { readonly kind: 'vendor'; readonly host: string; readonly example: string }
    | { readonly kind: 'own'; readonly example: string }
    | { readonly kind: 'none' };
  /** Where tokens come from, when the vendor has one host for that; absent: any address that the policy allows. */
  readonly tokenHosts?: readonly string[];
  readonly auths: ReadonlyArray<ConnectorAuth['kind']>;
  readonly settings: readonly SettingRule[];
  readonly capabilities: ConnectorCapabilities;
  /** What stands before the colon in the ids of its entitlements, with what it is called. None: ids are the target's own. */
  readonly entitlements: ReadonlyArray<{ readonly prefix: string; readonly label: string }>;
}

const all: ConnectorCapabilities = {
  effective: true,
  write: true,
  members: true,
  heldBy: true,
  nonHuman: true,
  employeeNumber: true,
};

/** Every kind of connector: what it needs, where it may call, what it can do. The one place for that. */
export const connectorKinds: Readonly<Record<ConnectorKind, ConnectorKindRule>> = {
  scim: {
    label: 'SCIM 2.0',
    address: { kind: 'own', example: 'https://scim.example.com/scim/v2' },
    auths: ['bearer', 'oauth2'],
    settings: [],
    capabilities: all,
    entitlements: [],
  },
  okta: {
    label: 'Okta',
    address: {
      kind: 'vendor',
      host: '[a-z0-9-]+\\.(?:okta|okta-emea|oktapreview|okta-gov)\\.com',
      example: 'https://example.okta.com',
    },
    auths: ['private-key-jwt', 'okta-token'],
    settings: [],
    capabilities: all,
    entitlements: [
      { prefix: 'group', label: 'Group' },
      { prefix: 'app', label: 'App assignment' },
    ],
  },
  entra: {
    label: 'Microsoft Entra ID',
    address: { kind: 'fixed', url: 'https://graph.microsoft.com/v1.0' },
    tokenHosts: ['login.microsoftonline.com'],
    auths: ['oauth2', 'private-key-jwt'],
    settings: [],
    capabilities: all,
    entitlements: [
      { prefix: 'group', label: 'Group' },
      { prefix: 'app-role', label: 'App role' },
      { prefix: 'directory-role', label: 'Directory role' },
    ],
  },
  github: {
    label: 'GitHub',
    address: { kind: 'fixed', url: 'https://api.github.com' },
    auths: ['github-app', 'bearer'],
    settings: [
      {
        name: 'organization',
        label: 'Organisation',
        hint: 'Its name in the address, such as acme in github.com/acme',
        pattern: '[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})',
      },
    ],
    capabilities: { ...all, employeeNumber: false },
    entitlements: [
      { prefix: 'org', label: 'Organisation role' },
      { prefix: 'team', label: 'Team' },
      { prefix: 'repo', label: 'Repository permission' },
    ],
  },
  'aws-identity-center': {
    label: 'AWS IAM Identity Center',
    address: {
      kind: 'vendor',
      host: 'identitystore\\.[a-z0-9-]+\\.amazonaws\\.com',
      example: 'https://identitystore.eu-central-1.amazonaws.com',
    },
    auths: ['sigv4'],
    settings: [
      {
        name: 'identityStoreId',
        label: 'Identity store',
        hint: 'd-1234567890',
        pattern: '(?:d-[0-9a-f]{10}|[0-9a-f-]{36})',
      },
      {
        name: 'instanceArn',
        label: 'Instance',
        hint: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
        pattern: 'arn:(?:aws|aws-us-gov|aws-cn):sso:::instance/(?:sso)?ins-[a-zA-Z0-9-.]{16}',
      },
    ],
    capabilities: { ...all, nonHuman: false, employeeNumber: false },
    entitlements: [
      { prefix: 'group', label: 'Group' },
      { prefix: 'assignment', label: 'Account assignment' },
    ],
  },
  'google-workspace': {
    label: 'Google Workspace',
    address: { kind: 'fixed', url: 'https://admin.googleapis.com' },
    tokenHosts: ['oauth2.googleapis.com'],
    auths: ['jwt-bearer'],
    settings: [
      {
        name: 'customer',
        label: 'Customer',
        hint: 'my_customer or C01234567',
        pattern: '(?:my_customer|C[0-9a-z]{5,12})',
      },
    ],
    capabilities: { ...all, nonHuman: false },
    entitlements: [{ prefix: 'group', label: 'Group' }],
  },
  keycloak: {
    label: 'Keycloak',
    address: { kind: 'own', example: 'https://keycloak.example.com' },
    auths: ['oauth2', 'private-key-jwt'],
    settings: [
      { name: 'realm', label: 'Realm', hint: 'The realm whose people are read', pattern: '[A-Za-z0-9._-]{1,100}' },
    ],
    capabilities: { ...all, employeeNumber: false },
    entitlements: [
      { prefix: 'group', label: 'Group' },
      { prefix: 'realm-role', label: 'Realm role' },
      { prefix: 'client-role', label: 'Client role' },
    ],
  },
  keystone: {
    label: 'OpenStack Keystone',
    address: { kind: 'own', example: 'https://keystone.example.com/v3' },
    auths: ['keystone-credential', 'keystone-password'],
    settings: [],
    capabilities: { ...all, nonHuman: false, employeeNumber: false },
    entitlements: [
      { prefix: 'project', label: 'Role in a project' },
      { prefix: 'domain', label: 'Role in a domain' },
      { prefix: 'system', label: 'Role on the system' },
      { prefix: 'group', label: 'Group' },
    ],
  },
  sailpoint: {
    label: 'SailPoint Identity Security Cloud',
    address: {
      kind: 'vendor',
      host: '[a-z0-9-]+\\.api\\.identitynow\\.com',
      example: 'https://example.api.identitynow.com',
    },
    auths: ['oauth2'],
    settings: [
      {
        name: 'sourceId',
        label: 'Source',
        hint: 'The id of the source whose accounts are read',
        pattern: '[0-9a-f]{32}|[0-9a-f-]{36}',
      },
    ],
    capabilities: { ...all, write: false, nonHuman: false, employeeNumber: false },
    entitlements: [],
  },
  feed: {
    label: 'Signed file feed',
    address: { kind: 'none' },
    auths: ['signature'],
    settings: [],
    capabilities: {
      effective: false,
      write: false,
      members: true,
      heldBy: true,
      nonHuman: false,
      employeeNumber: false,
    },
    entitlements: [],
  },
  relay: {
    label: 'Relay in the company’s network',
    address: { kind: 'none' },
    auths: ['signature'],
    settings: [],
    capabilities: {
      effective: true,
      write: false,
      members: false,
      heldBy: false,
      nonHuman: false,
      employeeNumber: false,
    },
    entitlements: [],
  },
  manual: {
    label: 'No reader: people attest',
    address: { kind: 'none' },
    auths: ['none'],
    settings: [],
    capabilities: {
      effective: false,
      write: false,
      members: false,
      heldBy: false,
      nonHuman: false,
      employeeNumber: false,
    },
    entitlements: [],
  },
};

/** What stands in for address and origin where the app calls nobody: evidence stays bound to one connector all the same. */
export function ownOrigin(kind: ConnectorKind, id: string): string {
  return `${kind}:${id}`;
}

/** Whether nothing can be read there and people attest instead. The origin says it, so that a request knows by itself. */
export function isAttested(connector: Pick<Connector, 'id' | 'origin'>): boolean {
  return connector.origin === ownOrigin('manual', connector.id);
}

/** What is wrong with a connector whose addresses are canonical, as sentences for the admin. */
export function connectorProblems(connector: Omit<Connector, 'secret' | 'writeSecret'>): readonly string[] {
  const rule = connectorKinds[connector.kind];
  const problems: string[] = [];
  const allowed: ReadonlySet<string> = new Set(rule.auths);
  for (const auth of [connector.auth, ...(connector.writeAuth ? [connector.writeAuth] : [])])
    if (!allowed.has(auth.kind)) problems.push(`${rule.label} is not signed in to in this way.`);
  problems.push(...addressProblems(connector));
  for (const { name, label, pattern } of rule.settings) {
    const value = connector.settings?.[name];
    if (value === undefined || value === '') problems.push(`${label} is missing.`);
    else if (!new RegExp(`^(?:${pattern})$`).test(value)) problems.push(`${label} does not look right.`);
  }
  const known = new Set(rule.settings.map(({ name }) => name));
  for (const name of Object.keys(connector.settings ?? {}) as Array<keyof ConnectorSettings>)
    if (!known.has(name)) problems.push(`${rule.label} has no setting “${name}”.`);
  if (connector.write && !rule.capabilities.write) problems.push(`${rule.label} cannot be changed by the app.`);
  if (connector.accountMatch === 'employee-number' && !rule.capabilities.employeeNumber)
    problems.push(`${rule.label} cannot be asked for employee numbers.`);
  if (connector.directory && rule.address.kind === 'none') problems.push(`${rule.label} cannot be the directory.`);
  return problems;
}

function addressProblems(connector: Omit<Connector, 'secret' | 'writeSecret'>): readonly string[] {
  const { address, label, tokenHosts } = connectorKinds[connector.kind];
  const problems: string[] = [];
  const host = hostOf(connector.origin);
  if (address.kind === 'fixed' && connector.baseUrl !== address.url)
    problems.push(`The address of ${label} is always ${address.url}.`);
  if (
    address.kind === 'vendor' &&
    !(new RegExp(`^(?:${address.host})$`).test(host) && connector.baseUrl === connector.origin)
  )
    problems.push(`The address of ${label} looks like ${address.example}.`);
  if (address.kind === 'none' && connector.baseUrl !== ownOrigin(connector.kind, connector.id))
    problems.push(`${label} has no address.`);
  for (const auth of [connector.auth, connector.writeAuth])
    if (auth && 'tokenUrl' in auth && tokenHosts && !tokenHosts.includes(hostOf(auth.tokenUrl)))
      problems.push(`The tokens of ${label} come from ${tokenHosts.join(' or ')}.`);
  return problems;
}

/** The host of a canonical address. */
function hostOf(url: string): string {
  return url.slice('https://'.length).split('/')[0] ?? '';
}
