import { createTargets } from '../../src/adapters/targets/targets';
import type { Connector } from '../../src/domain/connector';
import { feedText } from '../../src/domain/feed/feed-state';
import { later } from '../../src/domain/instant';
import { sign } from '../../src/domain/signature';
import { takeFeed } from '../../src/usecases/take-feed';
import { heard } from './heard';
import { MemoryFeeds } from './memory-feeds';
import type { TargetHarness, TargetLie } from './target-contract';

const secret = 'canary-secret-of-a-feed-under-contract';
const now = '2026-11-23T09:00:00.000Z';
/** Feeds are taken by a clock that is ahead, so that each of many can be newer than the one before. */
const takenAt = '2026-11-23T10:00:00.000Z';

interface Person {
  readonly id: string;
  readonly login: string;
  readonly active: boolean;
}

/** An application that exports its whole list after every change, in two parts. */
export function applicationWithFeeds(): Promise<TargetHarness> {
  const people = new Map<string, Person>();
  const groups = new Map<string, { readonly name: string; readonly members: Set<string> }>();
  const connector: Connector = {
    id: 'payroll',
    name: 'Payroll',
    kind: 'feed',
    baseUrl: '',
    origin: 'feed:payroll',
    auth: { kind: 'signature' },
    directory: false,
    write: false,
    secret: { fingerprint: 'f', setAt: now, origin: 'feed:payroll' },
  };
  const feeds = new MemoryFeeds(connector, secret);
  let serial = 0;
  const next = (prefix: string): string => `${prefix}-${(serial += 1)}`;
  const ports = { feeds, clock: { now: () => takenAt }, ids: { next: () => next('feed') } };

  const rowsOf = (lie: TargetLie | undefined): string[] => {
    const shown = [...people.values()].flatMap((person) => {
      if (lie === 'other-case') return [{ ...person, id: person.id.toUpperCase() }];
      return lie === 'twins' ? [person, { ...person, id: `${person.id}-twin` }] : [person];
    });
    const account = ({ id, login, active }: Person) => ({ account_id: id, login, active });
    const entitlements = [...groups].map(([id, { name }]) => ({ entitlement_id: id, entitlement_name: name }));
    const held = [...groups].flatMap(([id, { name, members }]) =>
      shown
        .filter((person) => [...members].some((member) => member === person.id || member.toUpperCase() === person.id))
        .map((person) => ({ ...account(person), entitlement_id: id, entitlement_name: name })),
    );
    return [...shown.map(account), ...entitlements, ...held].map((row) => JSON.stringify(row));
  };
  const send = async (lie?: TargetLie): Promise<void> => {
    const rows = rowsOf(lie);
    if (rows.length < 2) return;
    serial += 1;
    const asOf = later(now, serial);
    const half = Math.ceil(rows.length / 2);
    for (const [index, part] of [rows.slice(0, half), rows.slice(half)].entries()) {
      const envelope = { asOf, rows: String(rows.length), part: `${index + 1}/2` };
      const body = part.join('\n');
      const signed = { timestamp: takenAt, nonce: next('nonce-of-a-message') };
      const signature = sign(secret, signed, feedText(envelope, body));
      const answer = await takeFeed(ports, { signed: { ...signed, keyId: 'payroll', signature }, envelope, body });
      if (!['part', 'accepted'].includes(answer)) throw new Error(answer);
    }
  };
  let sent = Promise.resolve();
  const exportAll = (lie?: TargetLie): Promise<void> => (sent = sent.then(() => send(lie)));
  const targets = createTargets({
    now: () => now,
    nextId: () => next('id'),
    secretOf: () => Promise.resolve(secret),
    feeds: {
      newest: () => sent.then(() => feeds.newest()),
      buckets: (...asked) => feeds.buckets(...asked),
    },
  });
  let said = '';
  return Promise.resolve({
    open: (options = {}) =>
      heard(targets.open({ ...connector, ...options.connector }, { timeMs: 5_000, bytes: 1_000, calls: 1 }), (text) => {
        said += `${text}\n`;
      }),
    administrator: {
      person: async (login) => {
        const id = next('u');
        people.set(id, { id, login, active: true });
        await exportAll();
        return id;
      },
      switchOff: async (id) => {
        people.set(id, { ...(people.get(id) as Person), active: false });
        await exportAll();
      },
      remove: async (id) => {
        people.delete(id);
        await exportAll();
      },
      group: async (name) => {
        const id = next('g');
        groups.set(id, { name, members: new Set() });
        await exportAll();
        return id;
      },
      put: async (groupId, id) => {
        groups.get(groupId)?.members.add(id);
        await exportAll();
      },
      take: async (groupId, id) => {
        groups.get(groupId)?.members.delete(id);
        await exportAll();
      },
      members: (groupId) => Promise.resolve([...(groups.get(groupId)?.members ?? [])]),
    },
    fault: () => {
      throw new Error('there is no road to an application that is not asked');
    },
    lie: (lie) => void exportAll(lie),
    restore: () => void exportAll(),
    calls: () => [],
    costs: { held: 0, gone: 0 },
    said: () => said,
    secrets: [secret],
    close: () => sent,
  });
}
