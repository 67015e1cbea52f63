import type { ReadFailure } from '../../src/domain/verification/judge';
import { actors } from '../actors/all-actors';
import { chanceOf, type Chance } from '../chance';
import { stories, type Story } from './stories';
import type {
  DeliveryFate,
  Fault,
  FaultKind,
  JiraFailure,
  Race,
  Script,
  SiteScript,
  Step,
  StorageFailure,
} from '../script';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Where clocks change: Berlin, New York, Lord Howe (half an hour), and two plain days. */
const starts = [
  '2026-03-29T00:55:00.000Z',
  '2026-10-25T00:50:00.000Z',
  '2026-11-01T05:45:00.000Z',
  '2026-04-04T14:50:00.000Z',
  '2026-06-15T08:00:00.000Z',
  '2026-12-31T23:40:00.000Z',
] as const;

const waits = [0, 200, 2_000, 20_000, minute, 5 * minute, 6 * minute, 15 * minute, 16 * minute, 70 * minute] as const;
const longWaits = [5 * hour, 9 * hour, day, 3 * day, 31 * day] as const;

const storageFailures: readonly StorageFailure[] = [
  'rate-limited',
  'server-error',
  'no-answer',
  'ack-lost',
  'conflict',
];
const jiraFailures: readonly JiraFailure[] = [
  'rate-limited',
  'rate-limited-bare',
  'server-error',
  'forbidden',
  'ack-lost',
];
const readFailures: readonly ReadFailure[] = [
  'unreachable',
  'timeout',
  'incomplete',
  'malformed',
  'rate-limited',
  'not-found',
  'forbidden',
];
const fates: readonly DeliveryFate[] = ['lost', 'lost', 'twice', 'late'];
/** Calls that change something outside: between their effect and its acknowledgement a crash tells most. */
const effectCalls = ['create', 'comment', 'transition', 'answer', 'approvers', 'apply', 'push', 'transaction'] as const;
const faultKinds: readonly FaultKind[] = [
  'crash',
  'storage',
  'jira',
  'target',
  'event',
  'job',
  'silence',
  'clock',
  'hurry',
  'upgrade',
];

/** Writes the script that a seed stands for. */
export function writeScript(seed: number): Script {
  const chance = chanceOf(seed);
  const site: SiteScript = {
    startsAt: chance.pick(starts),
    callMs: chance.pick([0, 1, 7, 40, 200]),
    eventMs: chance.pick([300, 2_500, 2_500, 25_000, 170_000]),
    staleMs: chance.pick([0, 0, 0, 3_000, 40_000, 10 * minute]),
    installations: chance.happens(0.06) ? 2 : 1,
    mode: chance.happens(0.06) ? chance.pick(['warn', 'observe'] as const) : 'enforce',
    anchored: chance.happens(0.3),
    legacyForMs: chance.happens(0.03) ? day : 0,
  };
  // Each history has its own mix of faults; a fifth has none, so that ordinary life is looked at as well.
  const kinds = chance.happens(0.2) ? [] : faultKinds.filter(() => chance.happens(0.4));
  const often = chance.pick([0.1, 0.25, 0.5]);
  const races = chance.happens(0.4);
  const weights = actors.map((actor) => actor.weight * chance.pick([0.3, 1, 1, 2]));
  const length = 6 + chance.int(13);
  const steps: Step[] = [];
  const story: Story = chance.happens(0.4) ? chance.pick(stories) : { beats: [] };
  const beats = [...story.beats];
  for (let i = 0; i < length; i++) {
    // A story goes on at its own pace; something else happens in between now and then.
    const told = chance.happens(0.92) ? beats.shift() : undefined;
    if (told) {
      // Told again, the same things happen at the same time in another order.
      const race = told.race ? { race: { ...told.race, seed: chance.int(1_000_000) } } : {};
      steps.push({ installation: 0, ...told, ...race });
      continue;
    }
    const faults = kinds.length > 0 && chance.happens(often) ? [writeFault(chance, chance.pick(kinds))] : [];
    if (kinds.length > 0 && chance.happens(often / 3)) faults.push(writeFault(chance, chance.pick(kinds)));
    const race = races && chance.happens(0.3);
    steps.push({
      actor: i === 0 ? 'submit' : weighted(chance, weights),
      installation: site.installations === 2 && chance.happens(0.5) ? 1 : 0,
      dice: Array.from({ length: 10 }, () => chance.int(1000)),
      waitMs: chance.happens(0.06) ? chance.pick(longWaits) : chance.pick(waits),
      faults,
      ...(race ? { race: writeRace(chance) } : {}),
      ...(chance.happens(0.08) ? { jump: true as const } : {}),
    });
  }
  const direct = chance.happens(0.3) && !story.byHand ? { direct: true as const } : {};
  return { seed, site: { ...site, ...direct, ...story.site }, steps };
}

function writeRace(chance: Chance): Race {
  const race = { seed: chance.int(1_000_000), sweeps: chance.int(3), deliveries: chance.int(4) };
  return chance.happens(0.3) ? { ...race, slow: true } : race;
}

function weighted(chance: Chance, weights: readonly number[]): string {
  let left = chance.int(1_000_000) / 1_000_000;
  const sum = weights.reduce((a, b) => a + b, 0);
  for (const [index, weight] of weights.entries()) {
    left -= weight / sum;
    if (left < 0) return (actors[index] as (typeof actors)[number]).name;
  }
  return 'wait';
}

function writeFault(chance: Chance, kind: FaultKind): Fault {
  switch (kind) {
    case 'crash':
      return chance.happens(0.3)
        ? {
            kind,
            nth: 1 + chance.int(2),
            when: chance.pick(['before', 'after'] as const),
            at: chance.pick(effectCalls),
          }
        : { kind, nth: 1 + chance.int(40), when: chance.pick(['before', 'after'] as const) };
    case 'storage':
      return {
        kind,
        nth: 1 + chance.int(25),
        count: chance.pick([1, 1, 2, 8, 100]),
        how: chance.pick(storageFailures),
      };
    case 'jira':
      return { kind, nth: 1 + chance.int(8), count: chance.pick([1, 1, 3, 100]), how: chance.pick(jiraFailures) };
    case 'target':
      return { kind, nth: 1 + chance.int(3), count: chance.pick([1, 2, 100]), how: chance.pick(readFailures) };
    case 'event':
    case 'job':
      return {
        kind,
        nth: 1 + chance.int(3),
        fate: chance.pick(fates),
        ms: chance.pick([1000, 30_000, 3 * minute, 20 * minute]),
      };
    case 'silence':
      return { kind, forMs: chance.pick([30 * minute, 3 * hour, 36 * hour]) };
    case 'clock':
      return { kind, offMs: chance.pick([-5 * minute, -minute, 0, 0, minute, 5 * minute]) };
    case 'hurry':
      return { kind, items: chance.int(4) };
    case 'upgrade':
      return { kind };
  }
}
