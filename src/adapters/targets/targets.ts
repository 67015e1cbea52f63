import { randomBytes } from 'node:crypto';
import type { Connector, ConnectorAuth, ConnectorKind, SecretPurpose } from '../../domain/connector';
import { connectorKinds, ownOrigin } from '../../domain/connector-kinds';
import type { Instant } from '../../domain/instant';
import type { Budget, FeedReader, GivenSecrets, Target, Targets } from '../../usecases/ports';
import { FeedSystem } from './feed/feed-system';
import { answered, failed, type Answer } from './http/answer';
import { BudgetedHttp } from './http/budgeted-http';
import { SignedHttp } from './http/signed-http';
import type { Surroundings } from './http/sign-in/assertion';
import { fixedToken, type SignIn } from './http/sign-in/sign-in';
import { signInFor } from './http/sign-in/sign-in-for';
import type { Transport } from './http/transport';
import { canonicalTarget } from './http/url-policy';
import { SystemTarget } from './reading/system-target';
import type { Connect, TargetSystem } from './reading/target-system';
import { ScimSystem, scimAccept } from './scim/scim-system';

export interface TargetParts extends Surroundings {
  readonly now: () => Instant;
  /** The stored secret of a connector. What it throws goes through to the caller: storage is not the target's fault. */
  readonly secretOf: (connector: Connector, purpose: SecretPurpose) => Promise<string | undefined>;
  /** What targets have sent that cannot be asked. Absent: nothing. */
  readonly feeds?: FeedReader;
  /** `fetch` of @forge/api unless a test says otherwise. */
  readonly transport?: Transport;
}

/** Signed HTTP under a canonical base URL, or undefined when the URL policy refuses the base. */
export type Reach = (baseUrl: string, accept?: string) => SignedHttp | undefined;

/** How one kind of target is signed in to and spoken with over HTTP. */
interface HttpKind {
  /** Ways to sign in that belong to this kind alone; absent: those that many targets know. */
  readonly signIn?: (auth: ConnectorAuth, secret: string, http: BudgetedHttp, parts: TargetParts) => SignIn;
  /** Signs in as nobody: with something made up that has the right form. Absent: a made-up bearer token. */
  readonly stranger?: (connector: Connector, parts: TargetParts) => SignIn;
  readonly system: (connector: Connector, reach: Reach) => TargetSystem | undefined;
}

const httpKinds: Partial<Record<ConnectorKind, HttpKind>> = {
  scim: {
    system: ({ baseUrl }, reach) => {
      const http = reach(baseUrl, scimAccept);
      return http && new ScimSystem(http);
    },
  },
};

/** Opens targets by the connector's kind. Nothing is shared between two opened targets: no tokens, no budgets. */
export function createTargets(parts: TargetParts): Targets {
  return {
    address: canonicalTarget,
    open(connector: Connector, budget: Budget, given?: GivenSecrets): Target {
      const connect =
        connector.kind === 'feed' ? connectFeed(connector, parts, given) : connectHttp(connector, budget, parts, given);
      return new SystemTarget(connect, connector, parts.now);
    },
  };
}

/** Nothing is called: what was sent with the connector's secret is read. A stranger sends in vain. */
function connectFeed(connector: Connector, parts: TargetParts, given: GivenSecrets | undefined): Connect {
  return (as) => {
    const permitted = mayBeCalled(connector);
    if (!permitted.ok) return Promise.resolve(permitted);
    if (as !== 'reader') return Promise.resolve(failed('refused-credentials'));
    if (!parts.feeds) return Promise.resolve(failed('no-reader'));
    const signed = connector.secret?.origin === connector.origin || Boolean(given?.read);
    return Promise.resolve(signed ? answered(new FeedSystem(parts.feeds, connector.id)) : failed('no-secret'));
  };
}

function connectHttp(
  connector: Connector,
  budget: Budget,
  parts: TargetParts,
  given: GivenSecrets | undefined,
): Connect {
  const kind = httpKinds[connector.kind];
  const http = new BudgetedHttp(budget, parts.transport);
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
  if (as === 'stranger')
    return answered(kind.stranger?.(connector, parts) ?? fixedToken('Bearer', randomBytes(24).toString('base64url')));
  const purpose = as === 'writer' ? 'write' : 'read';
  const secret = await permittedSecret(connector, purpose, parts, given?.[purpose]);
  if (!secret.ok) return secret;
  const auth = (as === 'writer' ? connector.writeAuth : undefined) ?? connector.auth;
  return answered((kind.signIn ?? signInFor)(auth, secret.value, http, parts));
}

/** Whether the connector's address is one that the app speaks to. Checked on every use, whatever was checked on saving. */
function mayBeCalled(connector: Connector): Answer<undefined> {
  if (connectorKinds[connector.kind].address.kind === 'none')
    return connector.origin === ownOrigin(connector.kind, connector.id)
      ? answered(undefined)
      : failed('origin-changed');
  const target = canonicalTarget(connector.baseUrl);
  if (!target.ok || target.url !== connector.baseUrl) return failed('not-approved');
  return target.origin === connector.origin ? answered(undefined) : failed('origin-changed');
}

/** The secret, if it may be sent to where the connector points now. */
async function permittedSecret(
  connector: Connector,
  purpose: SecretPurpose,
  parts: TargetParts,
  given: string | undefined,
): Promise<Answer<string>> {
  if (given !== undefined) return given === '' ? failed('no-secret') : answered(given);
  const facts = purpose === 'write' ? connector.writeSecret : connector.secret;
  if (facts === undefined) return failed('no-secret');
  if (facts.origin !== connector.origin) return failed('origin-changed');
  const stored = await parts.secretOf(connector, purpose);
  return stored === undefined || stored === '' ? failed('no-secret') : answered(stored);
}
