import type { Connector } from '../../domain/connector';
import type { Instant } from '../../domain/instant';
import type { Budget, Target, Targets } from '../../usecases/ports';
import { answered, failed, type Answer } from './http/answer';
import { BudgetedHttp } from './http/budgeted-http';
import type { Transport } from './http/transport';
import { canonicalTarget } from './http/url-policy';
import { signInFor } from './scim/auth';
import { ScimClient } from './scim/client';
import { ScimTarget, type Connection } from './scim/scim-target';

export interface TargetParts {
  readonly now: () => Instant;
  /** The stored secret of a connector. What it throws goes through to the caller: storage is not the target's fault. */
  readonly secretOf: (connector: Connector) => Promise<string | undefined>;
  /** `fetch` of @forge/api unless a test says otherwise. */
  readonly transport?: Transport;
}

/** Opens targets by the connector's kind. Nothing is shared between two opened targets: no tokens, no budgets. */
export function createTargets(parts: TargetParts): Targets {
  return {
    address: canonicalTarget,
    open(connector: Connector, budget: Budget, secret?: string): Target {
      switch (connector.kind) {
        case 'scim': {
          const http = new BudgetedHttp(budget, parts.transport);
          let connection: Promise<Answer<Connection>> | undefined;
          const connect = (): Promise<Answer<Connection>> =>
            (connection ??= connectScim(connector, http, parts, secret));
          return new ScimTarget(connect, connector.write, parts.now);
        }
      }
    },
  };
}

async function connectScim(
  connector: Connector,
  http: BudgetedHttp,
  parts: TargetParts,
  given: string | undefined,
): Promise<Answer<Connection>> {
  const secret = await permittedSecret(connector, parts, given);
  if (!secret.ok) return secret;
  const signIn = signInFor(connector.auth, secret.value, http);
  return answered((other = signIn) => new ScimClient(connector.baseUrl, http, other));
}

/** The secret, if it may be sent to where the connector points now. Checked on every use, whatever was checked on saving. */
async function permittedSecret(
  connector: Connector,
  parts: TargetParts,
  given: string | undefined,
): Promise<Answer<string>> {
  const target = canonicalTarget(connector.baseUrl);
  if (!target.ok || target.url !== connector.baseUrl) return failed('not-approved');
  if (target.origin !== connector.origin) return failed('origin-changed');
  if (given !== undefined) return given === '' ? failed('no-secret') : answered(given);
  if (connector.secret === undefined) return failed('no-secret');
  if (connector.secret.origin !== connector.origin) return failed('origin-changed');
  const stored = await parts.secretOf(connector);
  return stored === undefined || stored === '' ? failed('no-secret') : answered(stored);
}
