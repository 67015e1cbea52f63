import { readFor } from '../../relay/read-target';
import { runRelay, type Post } from '../../relay/run-relay';
import { createTargets } from '../../src/adapters/targets/targets';
import type { Connector } from '../../src/domain/connector';
import { later } from '../../src/domain/instant';
import { createRelay } from '../../src/entry/web/relay';
import type { Budget, Ports } from '../../src/usecases/ports';
import { relayTime } from '../app/relay-time';
import { Front } from './front';
import { heard } from './heard';
import { MemoryRelays } from './memory-relays';
import { sandboxDirectory, scimLies } from './scim-backend';
import type { TargetHarness } from './target-contract';

const secret = 'canary-secret-of-a-relay-under-contract';
/** The relay's own budget for one question. */
const ofAQuestion: Budget = { timeMs: 5_000, bytes: 512 * 1024, calls: 30 };

/** What happens to a message on the road between relay and app. */
export type Road = (post: Post) => Post;

export interface RelayHarness extends TargetHarness {
  /** The road between relay and app; undefined: nothing happens on it. */
  road: Road | undefined;
  /** The clock of everybody. */
  now(): string;
  wait(ms: number): void;
  /** A relay that was killed, and a new one. */
  restart(): Promise<void>;
  readonly relays: MemoryRelays;
}

/** A SCIM service behind a relay, with a road that can be cut on either side of the relay. */
export async function relayBeforeScim(): Promise<RelayHarness> {
  let at = '2026-11-23T09:00:00.000Z';
  const now = (): string => at;
  const backend = await sandboxDirectory(now);
  const front = await Front.before('scim.acme.test', backend.origin);
  const connector: Connector = {
    id: 'plant',
    name: 'Plant',
    kind: 'relay',
    baseUrl: '',
    origin: 'relay:plant',
    auth: { kind: 'signature' },
    directory: false,
    write: false,
    secret: { fingerprint: 'f', setAt: at, origin: 'relay:plant' },
  };
  const relays = new MemoryRelays(connector, secret);
  const ports = { relays, clock: { now }, log: { note: () => undefined } } as unknown as Ports;
  const trigger = createRelay(() => ports, relayTime);
  let serial = 0;
  const targets = createTargets({
    now,
    nextId: () => `question-${(serial += 1)}`,
    secretOf: () => Promise.resolve(secret),
    relays: { desk: relays, waiting: relayTime },
  });
  const straight: Post = async (headers, body) => {
    const answer = await trigger({
      method: 'POST',
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      body,
    });
    return { status: answer.statusCode, signature: answer.headers['X-Proofgate-Signature']?.[0], body: answer.body };
  };
  let budget = ofAQuestion;
  let said = '';
  const hear = (text: string): void => {
    said += `${text}\n`;
  };
  const local = { baseUrl: `${front.origin}${backend.path}`, token: backend.token };
  const start = (): (() => Promise<void>) =>
    relayTime.start((stopped, pause) =>
      runRelay(
        {
          connectorId: 'plant',
          secret,
          post: (headers, body) => (harness.road?.(straight) ?? straight)(headers, body),
          read: (job) => readFor(job, local, budget),
          now,
          waitSeconds: 0,
          pause,
          note: hear,
        },
        stopped,
      ),
    );
  const forgetting = <A extends unknown[], R>(work: (...given: A) => R) => {
    return (...given: A): R => {
      relays.forget();
      return work(...given);
    };
  };
  const { administrator } = backend;
  const harness: RelayHarness = {
    road: undefined,
    relays,
    now,
    wait: (ms) => (at = later(at, ms)),
    restart: async () => {
      await stop();
      stop = start();
      await relayTime.turn();
    },
    open: (options = {}) => {
      relays.forget();
      budget = { ...ofAQuestion, ...options.budget };
      return heard(targets.open({ ...connector, ...options.connector }, { ...ofAQuestion, timeMs: 20_000 }), hear);
    },
    // Whoever changes the target and asks again does so after the seconds for which an answer serves.
    administrator: {
      ...administrator,
      put: forgetting(administrator.put),
      take: forgetting(administrator.take),
      switchOff: forgetting(administrator.switchOff),
      remove: forgetting(administrator.remove),
    },
    fault: forgetting((fault) => void (front.fault = fault)),
    lie: forgetting((lie) => void (front.lie = scimLies[lie])),
    restore: forgetting(() => front.reset()),
    calls: () => front.asked,
    costs: backend.costs,
    said: () => said,
    secrets: [secret, backend.token, Buffer.from(backend.token).toString('base64')],
    close: async () => {
      await stop();
      await front.close();
      await backend.close();
    },
  };
  let stop = start();
  await relayTime.turn();
  return harness;
}
