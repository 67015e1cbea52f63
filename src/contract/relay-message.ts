import * as v from 'valibot';

/** What relay and app say to each other through the web trigger `relay`; the form is described in docs/on-premises.md. */

const text = v.pipe(v.string(), v.maxLength(500));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(500));
const token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{8,64}$/));
const hold = v.picklist(['direct', 'indirect', 'pending', 'none', 'unknown']);
const failure = v.picklist([
  'unreachable',
  'timeout',
  'not-approved',
  'refused-credentials',
  'forbidden',
  'rate-limited',
  'server-error',
  'redirected',
  'too-large',
  'not-json',
  'malformed',
  'incomplete',
  'not-found',
  'bad-request',
  'no-account',
]);
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_000_000_000));

const identity = v.strictObject({
  kind: v.picklist(['person', 'service-account', 'workload']),
  id,
  name: text,
  login: id,
  active: v.boolean(),
  accountId: v.optional(text),
  managerId: v.optional(text),
  attributes: v.strictObject({
    department: v.optional(text),
    title: v.optional(text),
    employeeNumber: v.optional(text),
    userType: v.optional(text),
  }),
});

const lookup = v.variant('found', [
  v.strictObject({ found: v.literal('one'), value: identity }),
  v.strictObject({ found: v.literal('none') }),
  v.strictObject({ found: v.literal('many') }),
  v.strictObject({ found: v.literal('unreadable'), failure }),
]);

const observation = v.strictObject({
  hold,
  through: v.pipe(v.array(text), v.maxLength(20)),
  replaced: v.record(id, hold),
  account: v.picklist(['active', 'inactive', 'gone', 'unknown']),
  failure: v.optional(failure),
  rawHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  calls: count,
  bytes: count,
});

const step = v.strictObject({
  step: v.picklist([
    'reach',
    'sign-in',
    'wrong-secret-refused',
    'rights',
    'find-people',
    'look-ups-honoured',
    'read-groups',
    'write-sign-in',
  ]),
  ok: v.boolean(),
  text: v.pipe(v.string(), v.maxLength(1000)),
  why: v.optional(v.picklist(['not-tested', 'not-approved'])),
});

export const relayResult = v.union([
  v.strictObject({ failure }),
  v.strictObject({ lookup }),
  v.strictObject({ observation }),
  v.strictObject({
    entitlements: v.pipe(v.array(v.strictObject({ id, name: text, label: v.optional(text) })), v.maxLength(1000)),
    complete: v.boolean(),
  }),
  v.strictObject({ steps: v.pipe(v.array(step), v.maxLength(20)) }),
]);

/** From the relay: answers to what it was given before, and how long it will wait for the next jobs. */
export const relayMessage = v.strictObject({
  v: v.literal(1),
  waitSeconds: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(15)),
  answers: v.pipe(v.array(v.strictObject({ job: token, nonce: token, result: relayResult })), v.maxLength(10)),
});

const named = v.strictObject({ id, name: text });

/** What the app may ask for. */
export const relayAsk = v.variant('ask', [
  v.strictObject({ ask: v.literal('login'), login: id }),
  v.strictObject({ ask: v.literal('id'), id }),
  v.strictObject({ ask: v.literal('account-id'), accountId: id }),
  v.strictObject({
    ask: v.literal('observe'),
    expectation: v.strictObject({
      changeKind: v.picklist(['grant', 'modify', 'revoke']),
      account: v.strictObject({ id, login: text }),
      entitlement: named,
      replaces: v.pipe(v.array(v.strictObject({ entitlementId: id, name: text })), v.maxLength(50)),
    }),
  }),
  v.strictObject({
    ask: v.literal('entitlements'),
    limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
  }),
  v.strictObject({ ask: v.literal('probe') }),
]);

/** From the app: what is to be read now. */
export const relayJobs = v.strictObject({
  v: v.literal(1),
  jobs: v.pipe(v.array(v.strictObject({ id: token, nonce: token, ask: relayAsk })), v.maxLength(10)),
});

/** The same before each question is understood: one that a relay does not know must not keep it from the others. */
export const relayJobsToRead = v.strictObject({
  v: v.literal(1),
  jobs: v.pipe(v.array(v.strictObject({ id: token, nonce: token, ask: v.unknown() })), v.maxLength(10)),
});

export type RelayMessage = v.InferInput<typeof relayMessage>;
export type RelayJobs = v.InferInput<typeof relayJobs>;
