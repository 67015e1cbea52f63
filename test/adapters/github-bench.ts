import { memoryStore } from '../../sandbox/store';
import { ADMIN_TOKEN, READER_TOKEN } from '../../sandbox/targets/github/credentials';
import { githubHost, startGithub, type GithubServer } from '../../sandbox/targets/github/start-github';
import type { Transport } from '../../src/adapters/targets/http/transport';
import { createTargets } from '../../src/adapters/targets/targets';
import type { Connector } from '../../src/domain/connector';
import type { Budget, Target } from '../../src/usecases/ports';
import { Front } from './front';
import { heard } from './heard';

export const now = (): string => '2026-11-23T09:00:00.000Z';
const budget = { timeMs: 5_000, bytes: 512 * 1024, calls: 30 };
const origin = `https://${githubHost}`;

/** The organisation of the sandbox behind the hostile road, and a connector that points at it. */
export interface GithubBench {
  readonly server: GithubServer;
  readonly front: Front;
  open(options?: { connector?: Partial<Connector>; budget?: Partial<Budget>; secret?: string }): Target;
  said(): string;
  close(): Promise<void>;
}

/** `road` may stand in the way of every call of the connector, to listen. */
export async function githubBench(
  longestPage = 3,
  road: (transport: Transport) => Transport = (transport) => transport,
): Promise<GithubBench> {
  const server = await startGithub({ store: memoryStore(), clock: { now: () => Date.parse(now()) }, longestPage });
  const front = await Front.before(githubHost, server.baseUrl);
  const connector: Connector = {
    id: 'c1',
    name: 'GitHub',
    kind: 'github',
    baseUrl: origin,
    origin,
    auth: { kind: 'bearer' },
    settings: { organization: 'acme' },
    directory: false,
    write: false,
    secret: { fingerprint: 'f', setAt: now(), origin },
    writeSecret: { fingerprint: 'w', setAt: now(), origin },
  };
  let said = '';
  return {
    server,
    front,
    open: (options = {}) => {
      const targets = createTargets({
        now,
        nextId: () => 'id-1',
        secretOf: (_connector, purpose) =>
          Promise.resolve(options.secret ?? (purpose === 'read' ? READER_TOKEN : ADMIN_TOKEN)),
        transport: road(front.transport),
      });
      const target = targets.open({ ...connector, ...options.connector }, { ...budget, ...options.budget });
      return heard(target, (text) => {
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
