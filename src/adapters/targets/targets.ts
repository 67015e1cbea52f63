import { randomBytes } from 'node:crypto';
import type { Connector, ConnectorAuth, ConnectorKind, SecretFacts, SecretPurpose } from '../../domain/connector';
import { connectorKinds, ownOrigin } from '../../domain/connector-kinds';
import { defaultSecretRule, secretAge, type SecretRule } from '../../domain/connector-secret';
import type { Instant } from '../../domain/instant';
import type { Budget, FeedReader, GivenSecrets, Target, Targets } from '../../usecases/ports';
import { FeedSystem } from './feed/feed-system';
import { answered, failed, type Answer } from './http/answer';
import { IdentityCenterClient } from './aws-identity-center/identity-center-client';
import { IdentityCenterSystem } from './aws-identity-center/identity-center-system';
import { sigV4 } from './aws-identity-center/sigv4';
import { EntraSystem } from './entra/entra-system';
import { appInstallation } from './github/app-sign-in';
import { githubAccept } from './github/github-client';
import { GithubSystem } from './github/github-system';
import { WorkspaceSystem } from './google-workspace/workspace-system';
import { BudgetedHttp } from './http/budgeted-http';
import { forgeTransport } from './http/forge-transport';
import { SignedHttp } from './http/signed-http';
import { privateKeyJwt, type Surroundings } from './http/sign-in/assertion';
import { fixedToken, type SignIn } from './http/sign-in/sign-in';
import { signInFor } from './http/sign-in/sign-in-for';
import type { Transport } from './http/transport';
import { canonicalTarget } from './http/url-policy';
import { KeycloakSystem } from './keycloak/keycloak-system';
import { KeystoneSystem } from './keystone/keystone-system';
import { keystoneSignIn, madeUpToken } from './keystone/sign-in';
import { OktaSystem } from './okta/okta-system';
import { RelayTarget, type RelayDesk, type Waiting } from './relay/relay-target';
import { SystemTarget } from './reading/system-target';
import type { Connect, TargetSystem } from './reading/target-system';
import { ScimSystem, scimAccept } from './scim/scim-system';

export interface TargetParts extends Surroundings {
  readonly now: () => Instant;
  /** The stored secret of a connector. What it throws goes through to the caller: storage is not the target's fault. */
  readonly secretOf: (connector: Connector, purpose: SecretPurpose, facts: SecretFacts) => Promise<string | undefined>;
  /** How old a secret may be; absent: the rule of a site that has said nothing. */
  readonly secretRule?: () => Promise<SecretRule>;
  /** What targets have sent that cannot be asked. Absent: nothing. */
  readonly feeds?: FeedReader;
  /** Where jobs for relays are kept, and how their answers are waited for. Absent: nowhere. */
  readonly relays?: { readonly desk: RelayDesk; readonly waiting: Waiting };
  /** `fetch` of @forge/api unless a test says otherwise. */
  readonly transport?: Transport;
}

/** Signed HTTP under a canonical base URL, or undefined when the URL policy refuses the base. */
export type Reach = (baseUrl: string, accept?: string) => SignedHttp | undefined;

/** How one kind of target is signed in to and spoken with over HTTP. */
interface HttpKind {
  /** Ways to sign in that belong to this kind alone; absent: those that many targets know. */
  readonly signIn?: (
    auth: ConnectorAuth,
    secret: string,
    http: BudgetedHttp,
    parts: TargetParts,
    connector: Connector,
  ) => SignIn;
  /** Signs in as nobody: with something made up that has the right form. Absent: a made-up bearer token. */
  readonly stranger?: (connector: Connector, parts: TargetParts) => SignIn;
  readonly system: (connector: Connector, reach: Reach) => TargetSystem | undefined;
}

const httpKinds: Partial<Record<ConnectorKind, HttpKind>> = {
  'aws-identity-center': {
    signIn: (auth, secret, http, parts) =>
      auth.kind === 'sigv4'
        ? sigV4(auth.accessKeyId, secret, auth.region, parts.now)
        : signInFor(auth, secret, http, parts),
    stranger: ({ auth }, parts) =>
      auth.kind === 'sigv4'
        ? sigV4(auth.accessKeyId, randomBytes(30).toString('base64'), auth.region, parts.now)
        : fixedToken('Bearer', randomBytes(24).toString('base64url')),
    system: ({ baseUrl, settings }, reach) => {
      const store = reach(baseUrl);
      // Assignments are the business of another host of the same region.
      const admin = reach(baseUrl.replace('https://identitystore.', 'https://sso.'));
      const { identityStoreId, instanceArn } = settings ?? {};
      if (!store || !admin || identityStoreId === undefined || instanceArn === undefined) return undefined;
      return new IdentityCenterSystem(new IdentityCenterClient({ store, admin }, identityStoreId, instanceArn));
    },
  },
  entra: {
    // Entra knows an app's keys by the thumbprints of their certificates.
    signIn: (auth, secret, http, parts) =>
      auth.kind === 'private-key-jwt'
        ? privateKeyJwt(auth, secret, http, parts, 'x5t#S256')
        : signInFor(auth, secret, http, parts),
    system: ({ baseUrl }, reach) => {
      const http = reach(baseUrl);
      return http && new EntraSystem(http, baseUrl);
    },
  },
  github: {
    signIn: (auth, secret, http, parts) =>
      auth.kind === 'github-app' ? appInstallation(auth, secret, http, parts) : signInFor(auth, secret, http, parts),
    system: ({ baseUrl, settings }, reach) => {
      const http = reach(baseUrl, githubAccept);
      const organization = settings?.organization;
      return http && organization !== undefined ? new GithubSystem(http, organization) : undefined;
    },
  },
  'google-workspace': {
    system: ({ baseUrl, auth, settings }, reach) => {
      const http = reach(baseUrl);
      const scope = auth.kind === 'jwt-bearer' ? (auth.scope ?? '') : '';
      return http && new WorkspaceSystem(http, settings?.customer ?? 'my_customer', scope);
    },
  },
  keycloak: {
    system: ({ baseUrl, settings }, reach) => {
      const http = reach(baseUrl);
      const realm = settings?.realm;
      return http && realm !== undefined ? new KeycloakSystem(http, realm) : undefined;
    },
  },
  keystone: {
    signIn: (auth, secret, http, _parts, { baseUrl }) => keystoneSignIn(auth, secret, http, baseUrl),
    stranger: () => madeUpToken(madeUp()),
    system: ({ baseUrl }, reach) => {
      const http = reach(baseUrl);
      return http && new KeystoneSystem(http);
    },
  },
  scim: {
    system: ({ baseUrl }, reach) => {
      const http = reach(baseUrl, scimAccept);
      return http && new ScimSystem(http);
    },
  },
  okta: {
    stranger: ({ auth }) => fixedToken(auth.kind === 'okta-token' ? 'SSWS' : 'Bearer', madeUp()),
    system: ({ baseUrl }, reach) => {
      const http = reach(baseUrl);
      return http && new OktaSystem(http);
    },
  },
};

/** Something that looks like a token and is none. */
function madeUp(): string {
  return randomBytes(24).toString('base64url');
}

/** Opens targets by the connector's kind. Nothing is shared between two opened targets: no tokens, no budgets. */
export function createTargets(parts: TargetParts): Targets {
  return {
    address: canonicalTarget,
    open(connector: Connector, budget: Budget, given?: GivenSecrets): Target {
      const relay = connector.kind === 'relay' ? openRelay(connector, budget, parts, given) : undefined;
      if (relay) return relay;
      const connect =
        connector.kind === 'feed' ? connectFeed(connector, parts, given) : connectHttp(connector, budget, parts, given);
      return new SystemTarget(connect, connector, parts.now);
    },
  };
}

/** Nothing is called: what was sent with the connector's secret is read. A stranger sends in vain. */
function connectFeed(connector: Connector, parts: TargetParts, given: GivenSecrets | undefined): Connect {
  return async (as) => {
    const permitted = await maySign(connector, parts, given);
    if (!permitted.ok) return permitted;
    if (as !== 'reader') return failed('refused-credentials');
    return parts.feeds ? answered(new FeedSystem(parts.feeds, connector.id)) : failed('no-reader');
  };
}

function openRelay(
  connector: Connector,
  { timeMs }: Budget,
  parts: TargetParts,
  given: GivenSecrets | undefined,
): RelayTarget | undefined {
  const { relays, now, nextId } = parts;
  const permitted = () => maySign(connector, parts, given);
  if (!relays) return undefined;
  const { desk, waiting } = relays;
  return new RelayTarget(connector.id, { relays: desk, waiting, now, nextId, permitted, timeMs });
}

/** Whether what the connector's other side signs counts: with a secret of this very connector that is not too old. */
async function maySign(
  connector: Connector,
  parts: TargetParts,
  given: GivenSecrets | undefined,
): Promise<Answer<undefined>> {
  const permitted = mayBeCalled(connector);
  if (!permitted.ok || given?.read) return permitted;
  const facts = await permittedFacts(connector.secret, connector, parts);
  return facts.ok ? permitted : facts;
}

function connectHttp(
  connector: Connector,
  budget: Budget,
  parts: TargetParts,
  given: GivenSecrets | undefined,
): Connect {
  const kind = httpKinds[connector.kind];
  const http = new BudgetedHttp(budget, parts.transport ?? forgeTransport);
  const connect = async (as: Parameters<Connect>[0]): Promise<Answer<TargetSystem>> => {
    if (!kind) return failed('no-reader');
    const signIn = await signInAs(as, connector, kind, http, parts, given);
    if (!signIn.ok) return signIn;
    const reach: Reach = (baseUrl, accept) => {
      const target = canonicalTarget(baseUrl);
      return target.ok && target.url === baseUrl ? new SignedHttp(baseUrl, http, signIn.value, accept) : undefined;
    };
    const system = kind.system(connector, reach);
    return system ? answered(system) : failed('not-approved');
  };
  const known = new Map<string, Promise<Answer<TargetSystem>>>();
  // One sign-in each, however often it is asked for.
  return (as) => {
    const open = known.get(as) ?? connect(as);
    known.set(as, open);
    return open;
  };
}

async function signInAs(
  as: Parameters<Connect>[0],
  connector: Connector,
  kind: HttpKind,
  http: BudgetedHttp,
  parts: TargetParts,
  given: GivenSecrets | undefined,
): Promise<Answer<SignIn>> {
  const permitted = mayBeCalled(connector);
  if (!permitted.ok) return permitted;
  if (as === 'stranger') return answered(kind.stranger?.(connector, parts) ?? fixedToken('Bearer', madeUp()));
  const purpose = as === 'writer' ? 'write' : 'read';
  const secret = await permittedSecret(connector, purpose, parts, given?.[purpose]);
  if (!secret.ok) return secret;
  const auth = (as === 'writer' ? connector.writeAuth : undefined) ?? connector.auth;
  return answered((kind.signIn ?? signInFor)(auth, secret.value, http, parts, connector));
}

/** Whether the connector's address is one that the app speaks to. Checked on every use, whatever was checked on saving. */
function mayBeCalled(connector: Connector): Answer<undefined> {
  const { address } = connectorKinds[connector.kind];
  if (address.kind === 'none')
    return connector.origin === ownOrigin(connector.kind, connector.id)
      ? answered(undefined)
      : failed('origin-changed');
  const target = canonicalTarget(connector.baseUrl);
  if (!target.ok || target.url !== connector.baseUrl) return failed('not-approved');
  if (target.origin !== connector.origin) return failed('origin-changed');
  // A vendor with one address has no other, whatever was stored.
  return address.kind === 'fixed' && address.url !== connector.baseUrl ? failed('not-approved') : answered(undefined);
}

/** The secret, if it may be sent to where the connector points now, and is not older than the site allows. */
async function permittedSecret(
  connector: Connector,
  purpose: SecretPurpose,
  parts: TargetParts,
  given: string | undefined,
): Promise<Answer<string>> {
  if (given !== undefined) return given === '' ? failed('no-secret') : answered(given);
  const facts = await permittedFacts(purpose === 'write' ? connector.writeSecret : connector.secret, connector, parts);
  if (!facts.ok) return facts;
  const stored = await parts.secretOf(connector, purpose, facts.value);
  return stored === undefined || stored === '' ? failed('no-secret') : answered(stored);
}

async function permittedFacts(
  facts: SecretFacts | undefined,
  connector: Connector,
  parts: TargetParts,
): Promise<Answer<SecretFacts>> {
  if (facts === undefined) return failed('no-secret');
  if (facts.origin !== connector.origin) return failed('origin-changed');
  const rule = (await parts.secretRule?.()) ?? defaultSecretRule;
  return secretAge(facts, rule, parts.now()) === 'too-old' ? failed('secret-too-old') : answered(facts);
}
