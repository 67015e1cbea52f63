/** The faults in force: checks what a caller asks for, counts down what is limited, draws from its own seeded dice. */
import type { Clock, Faults, Rng } from '../contracts';
import { seededRng } from './rng';
import { addDuration } from './time/duration';

export interface FaultBox {
  current(): Faults;
  /** Replaces all faults; `{}` clears them. Throws with a message for the caller on an unknown or malformed one. */
  set(faults: unknown): Faults;
  /** Whether the call that is about to be made is the one to die at. Counts every platform call of the app. */
  crash(module: string): 'before' | 'after' | undefined;
  /** Seconds to retry after, when Jira is to answer this call with 429. */
  jira429(): number | undefined;
  /** The status of a Jira that is down, when it is for this call. */
  jiraDown(): number | undefined;
  /** Whether the answer to a creation that took effect is lost. Ask once for each. */
  creationLost(): boolean;
  kvsStatus(): number | undefined;
  /** True while scheduled triggers are silent. */
  silent(): boolean;
  /** How many times a product event is delivered: 0, 1 or 2. */
  deliveries(): number;
  /** How old what a query sees may be, in milliseconds. */
  staleness(): number;
  targetDown(names: readonly string[]): boolean;
  targetDelay(names: readonly string[]): number;
  targetAnswer(names: readonly string[]): NonNullable<Faults['targetAnswers']>[string] | undefined;
}

export function createFaultBox(clock: Clock, seed: number): FaultBox {
  let faults: Faults = {};
  let dice: Rng = seededRng(seed);
  let callsSeen = 0;
  let crashed = false;
  let jiraLeft = 0;
  let downLeft = 0;
  let creationsLeft = 0;
  let kvsLeft = 0;
  let silentUntil = 0;

  const share = (value: number | boolean | undefined) => (value === true ? 1 : value === false ? 0 : (value ?? 0));

  const timesOf = (fault: boolean | { count: number } | undefined) =>
    fault === true ? Infinity : typeof fault === 'object' ? fault.count : 0;

  return {
    current: () => faults,
    set: (wanted) => {
      faults = checkFaults(wanted);
      dice = seededRng(faults.seed ?? seed);
      callsSeen = 0;
      crashed = false;
      jiraLeft = timesOf(faults.jira429);
      downLeft = timesOf(faults.jiraDown);
      creationsLeft = faults.jiraCreates?.lose === true ? (faults.jiraCreates.count ?? Infinity) : 0;
      kvsLeft = faults.kvs?.count ?? 0;
      silentUntil = faults.silenceTriggersFor === undefined ? 0 : addDuration(clock.now(), faults.silenceTriggersFor);
      return faults;
    },
    crash: (module) => {
      const plan = faults.crashAt;
      if (!plan || crashed) return undefined;
      if (plan.module !== undefined && plan.module !== module && !module.endsWith(`/${plan.module}`)) return undefined;
      callsSeen++;
      if (callsSeen !== plan.call) return undefined;
      crashed = true;
      return plan.when;
    },
    jira429: () => {
      if (jiraLeft <= 0) return undefined;
      jiraLeft--;
      return (typeof faults.jira429 === 'object' ? faults.jira429.retryAfter : undefined) ?? 5;
    },
    jiraDown: () => {
      if (downLeft <= 0) return undefined;
      downLeft--;
      return (typeof faults.jiraDown === 'object' ? faults.jiraDown.status : undefined) ?? 503;
    },
    creationLost: () => {
      if (creationsLeft <= 0) return false;
      creationsLeft--;
      return true;
    },
    kvsStatus: () => {
      if (kvsLeft <= 0) return undefined;
      kvsLeft--;
      return faults.kvs?.status;
    },
    silent: () => clock.now() < silentUntil,
    deliveries: () => {
      if (faults.loseEvents === undefined && faults.duplicateEvents === undefined) return 1;
      if (dice.next() < share(faults.loseEvents)) return 0;
      return dice.next() < share(faults.duplicateEvents) ? 2 : 1;
    },
    staleness: () => {
      const wanted = faults.staleQueries;
      return wanted === true ? 5000 : wanted === false ? 0 : (wanted ?? 0);
    },
    targetDown: (names) => (faults.targetDown ?? []).some((name) => names.includes(name)),
    targetDelay: (names) => {
      const slow = faults.targetSlow;
      const list = slow === undefined ? [] : Array.isArray(slow) ? slow : [slow];
      return list.find((entry) => names.includes(entry.name))?.ms ?? 0;
    },
    targetAnswer: (names) => {
      for (const [name, answer] of Object.entries(faults.targetAnswers ?? {})) if (names.includes(name)) return answer;
      return undefined;
    },
  };
}

type Check = (value: unknown) => boolean;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount: Check = (value) => Number.isInteger(value) && (value as number) >= 0;
const isShare: Check = (value) => typeof value === 'boolean' || (typeof value === 'number' && value >= 0 && value <= 1);
const isDuration: Check = (value) => {
  if (typeof value !== 'string') return false;
  try {
    addDuration(0, value);
    return true;
  } catch {
    return false;
  }
};
const isSlow: Check = (value) =>
  Array.isArray(value)
    ? value.every(isSlow)
    : isObject(value) && typeof value['name'] === 'string' && isCount(value['ms']);
const ANSWERS = [
  'garbage',
  'redirect',
  'everybody',
  'short-page',
  'html',
  'huge',
  'error-500',
  'forbidden',
  'rate-limited',
  'writes-refused',
  'writes-unanswered',
];

const CHECKS: Record<keyof Faults, [Check, string]> = {
  seed: [(value) => Number.isInteger(value), 'an integer'],
  silenceTriggersFor: [isDuration, 'an ISO-8601 duration'],
  crashAt: [
    (value) =>
      isObject(value) &&
      isCount(value['call']) &&
      value['call'] !== 0 &&
      (value['when'] === 'before' || value['when'] === 'after') &&
      (value['module'] === undefined || typeof value['module'] === 'string'),
    '{call: 1 or more, when: "before" or "after", module?: key or type/key}',
  ],
  jira429: [
    (value) =>
      typeof value === 'boolean' ||
      (isObject(value) &&
        isCount(value['count']) &&
        (value['retryAfter'] === undefined || isCount(value['retryAfter']))),
    'true or {count, retryAfter?}',
  ],
  jiraDown: [
    (value) =>
      typeof value === 'boolean' ||
      (isObject(value) &&
        isCount(value['count']) &&
        (value['status'] === undefined || [500, 502, 503, 504].includes(value['status'] as number))),
    'true or {count, status?: 500, 502, 503 or 504}',
  ],
  jiraCreates: [
    (value) =>
      isObject(value) &&
      typeof value['lose'] === 'boolean' &&
      (value['count'] === undefined || isCount(value['count'])),
    '{lose: true or false, count?}',
  ],
  targetDown: [(value) => Array.isArray(value) && value.every((name) => typeof name === 'string'), 'a list of names'],
  targetSlow: [isSlow, '{name, ms} or a list of them'],
  loseEvents: [isShare, 'a share from 0 to 1, or true'],
  duplicateEvents: [isShare, 'a share from 0 to 1, or true'],
  staleQueries: [(value) => typeof value === 'boolean' || isCount(value), 'milliseconds, or true'],
  kvs: [
    (value) => isObject(value) && [429, 500, 503].includes(value['status'] as number) && isCount(value['count']),
    '{status: 429, 500 or 503, count}',
  ],
  targetAnswers: [
    (value) => isObject(value) && Object.values(value).every((answer) => ANSWERS.includes(answer as string)),
    `names with one of ${ANSWERS.join(', ')}`,
  ],
  validatorsOnApproval: [(value) => typeof value === 'boolean', 'true or false'],
};

function checkFaults(wanted: unknown): Faults {
  if (!isObject(wanted)) throw new Error('faults must be a JSON object');
  for (const [name, value] of Object.entries(wanted)) {
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof Faults] : undefined;
    if (!check) throw new Error(`unknown fault ${name}; known faults: ${Object.keys(CHECKS).join(', ')}`);
    if (!check[0](value)) throw new Error(`fault ${name} must be ${check[1]}`);
  }
  return wanted as Faults;
}
