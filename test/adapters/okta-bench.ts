import { memoryStore } from '../../sandbox/store';
import { startOkta, oktaHost, type OktaServer } from '../../sandbox/targets/okta/start-okta';
import { READER_TOKEN, ADMIN_TOKEN } from '../../sandbox/targets/okta/credentials';
import type { Transport } from '../../src/adapters/targets/http/transport';
import { createTargets } from '../../src/adapters/targets/targets';
import type { Connector } from '../../src/domain/connector';
import type { Budget, Target } from '../../src/usecases/ports';
import { Front } from './front';
import { heard } from './heard';

export const now = (): string => '2026-11-23T09:00:00.000Z';
const budget = { timeMs: 5_000, bytes: 512 * 1024, calls: 30 };
const origin = `https://${oktaHost}`;

/** The organisation of the sandbox behind the hostile road, and a connector that points at it. */
export interface OktaBench {
  readonly server: OktaServer;
  readonly front: Front;
  open(options?: { connector?: Partial<Connector>; budget?: Partial<Budget>; secrets?: Secrets }): Target;
  said(): string;
  close(): Promise<void>;
}

interface Secrets {
  readonly read: string;
  readonly write?: string;
}

/** `road` may stand in the way of every call of the connector, to listen. */
export async function oktaBench(
  longestPage = 4,
  road: (transport: Transport) => Transport = (transport) => transport,
): Promise<OktaBench> {
  const server = await startOkta({ store: memoryStore(), clock: { now: () => Date.parse(now()) }, longestPage });
  const front = await Front.before(oktaHost, server.baseUrl);
  const connector: Connector = {
    id: 'c1',
    name: 'Okta',
    kind: 'okta',
    baseUrl: origin,
    origin,
    auth: { kind: 'okta-token' },
    directory: true,
    write: false,
    secret: { fingerprint: 'f', setAt: now(), origin },
    writeSecret: { fingerprint: 'w', setAt: now(), origin },
  };
  let said = '';
  return {
    server,
    front,
    open: (options = {}) => {
      const secrets = options.secrets ?? { read: READER_TOKEN, write: ADMIN_TOKEN };
      const targets = createTargets({
        now,
        nextId: () => 'id-1',
        secretOf: (_connector, purpose) => Promise.resolve(secrets[purpose]),
        transport: road(front.transport),
      });
      return heard(targets.open({ ...connector, ...options.connector }, { ...budget, ...options.budget }), (text) => {
        said += `${text}\n`;
      });
    },
    said: () => said,
    close: async () => {
      await front.close();
      await server.close();
    },
  };
}
