import type { StageRule } from '../approval/stage';
import type { IdentityAttributes } from '../identity/identity';
import { requireDurationMs, type Duration } from '../instant';
import type {
  AttributeTest,
  Policy,
  PolicyAnswer,
  PolicyQuestion,
  PolicyRule,
  RuleDemands,
  TimeDemand,
} from './policy';

type Test = (question: PolicyQuestion) => boolean;

/** A policy made ready to answer: call it with a question. Pure; the same question gives the same answer. */
export type CompiledPolicy = (question: PolicyQuestion) => PolicyAnswer;

/** Demands that hold where no rule says otherwise. */
export const defaultDemands = {
  evidenceMaxAge: 'PT15M',
  grace: 'PT15M',
  approveWithin: 'P2D',
  fulfilWithin: 'P2D',
  compromisedWithin: 'PT1H',
  reviewWithin: 'P1D',
  registerWithin: 'P1D',
  approvalExpiresAfter: 'P30D',
  revocationLead: 'PT4H',
  warnBefore: 'P3D',
  extensionsAtMost: 3,
  exceptionAtMost: 'P30D',
  renewalsAtMost: 2,
  emergencyAtMost: 'PT4H',
} as const satisfies RuleDemands;

/** Nobody may open an emergency for longer, whatever the rules say (rule SOD13). */
const emergencyLimit = 'PT4H';
/** How often the directory is asked whether what justified access still holds. */
const checkEvery = 'P1D';

/**
 * Prepares a policy. Which rules apply decides everything, so answers are kept by the set of rules that apply: a policy
 * of r rules asked n times combines demands once per distinct set, not n times. Throws on a malformed duration.
 */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const tests = policy.rules.map(compileRule);
  const answers = new Map<string | number, PolicyAnswer>();
  const small = tests.length <= 30;
  return (question) => {
    let bits = 0;
    let key: string | number = 0;
    if (small) {
      for (let i = 0; i < tests.length; i++) if ((tests[i] as Test)(question)) bits |= 1 << i;
      key = bits;
    } else {
      key = tests.map((test) => (test(question) ? '1' : '0')).join('');
    }
    let answer = answers.get(key);
    if (!answer) {
      answer = combine(policy.rules.filter((_, i) => (small ? (bits & (1 << i)) !== 0 : (key as string)[i] === '1')));
      answers.set(key, answer);
    }
    return answer;
  };
}

/** One answer without keeping anything: for a single question. */
export function evaluatePolicy(policy: Policy, question: PolicyQuestion): PolicyAnswer {
  return compilePolicy(policy)(question);
}

function compileRule(rule: PolicyRule): Test {
  const { when } = rule;
  const tests: Test[] = [];
  const { changeKinds, risks, connectors, entitlements, identityKinds, longerThan } = when;
  if (risks) tests.push((q) => risks.includes(q.risk));
  if (changeKinds) tests.push((q) => changeKinds.includes(q.changeKind));
  if (connectors) tests.push((q) => connectors.includes(q.connectorId));
  if (entitlements) tests.push((q) => entitlements.includes(q.entitlementId));
  if (identityKinds) tests.push((q) => identityKinds.includes(q.identityKind));
  for (const test of when.requester ?? []) tests.push(attributeTest(test, (q) => q.requester));
  for (const test of when.beneficiary ?? []) tests.push(attributeTest(test, (q) => q.beneficiary));
  if (longerThan) {
    const limit = requireDurationMs(longerThan);
    tests.push((q) => q.lastsMs === undefined || q.lastsMs > limit);
  }
  return (question) => {
    for (const test of tests) if (!test(question)) return false;
    return true;
  };
}

function attributeTest(test: AttributeTest, of: (q: PolicyQuestion) => IdentityAttributes): Test {
  const inside = test.in && new Set(test.in.map((value) => value.toLowerCase()));
  const outside = test.notIn && new Set(test.notIn.map((value) => value.toLowerCase()));
  return (question) => {
    const value = of(question)[test.attribute]?.toLowerCase();
    if (inside && (value === undefined || !inside.has(value))) return false;
    return !(outside && value !== undefined && outside.has(value));
  };
}

function combine(rules: readonly PolicyRule[]): PolicyAnswer {
  const demands = rules.map((rule) => rule.then);
  const maxDuration = shortest(demands.map((d) => d.maxDuration));
  const strict = (
    name: 'compromisedWithin' | 'reviewWithin' | 'exceptionAtMost' | 'emergencyAtMost' | 'registerWithin',
  ): Duration => shortest(demands.map((d) => d[name])) ?? defaultDemands[name];
  return Object.freeze({
    covered: rules.length > 0,
    rules: rules.map((rule) => rule.id),
    reasons: rules.map((rule) => rule.name),
    stages: mergeStages(demands.flatMap((d) => d.stages ?? [])),
    ...(maxDuration === undefined ? {} : { maxDuration }),
    // A maximum without an end would be no maximum.
    endRequired: demands.some((d) => d.endRequired === true) || maxDuration !== undefined,
    evidenceMaxAge: shortest(demands.map((d) => d.evidenceMaxAge)) ?? defaultDemands.evidenceMaxAge,
    grace: shortest(demands.map((d) => d.grace)) ?? defaultDemands.grace,
    approvalExpiresAfter: shortest(demands.map((d) => d.approvalExpiresAfter)) ?? defaultDemands.approvalExpiresAfter,
    clocks: {
      approval: timeDemands(demands, (d) => d.approveWithin, defaultDemands.approveWithin),
      fulfilment: timeDemands(demands, (d) => d.fulfilWithin, defaultDemands.fulfilWithin, true),
      removal: timeDemands(demands, (d) => d.removeWithin ?? d.fulfilWithin, defaultDemands.fulfilWithin),
      compromise: [{ within: strict('compromisedWithin') }],
      review: [{ within: strict('reviewWithin') }],
    },
    ladders: [...new Set(demands.flatMap((d) => (d.ladder === undefined ? [] : [d.ladder])))],
    ends: {
      // A removal that is raised earlier is the stricter one, and so is an earlier warning.
      revocationLead: longest(demands.map((d) => d.revocationLead)) ?? defaultDemands.revocationLead,
      warnBefore: longest(demands.map((d) => d.warnBefore)) ?? defaultDemands.warnBefore,
      checkEvery,
    },
    extensionsAtMost: least(demands.map((d) => d.extensionsAtMost)) ?? defaultDemands.extensionsAtMost,
    exceptions: {
      atMost: strict('exceptionAtMost'),
      renewalsAtMost: least(demands.map((d) => d.renewalsAtMost)) ?? defaultDemands.renewalsAtMost,
    },
    emergency: {
      atMost: shortest([strict('emergencyAtMost'), emergencyLimit]) as Duration,
      registerWithin: strict('registerWithin'),
    },
  });
}

/** What each rule says about one clock, in the rule's own calendar. A rule that names no time says nothing. */
function timeDemands(
  demands: readonly RuleDemands[],
  within: (demand: RuleDemands) => Duration | undefined,
  otherwise: Duration,
  mayPause = false,
): readonly TimeDemand[] {
  // Where rules differ about pauses, the shortest one holds for all: it is the strictest.
  const pauseAtMost = mayPause ? shortest(demands.map((d) => d.pauseAtMost)) : undefined;
  const pause = pauseAtMost === undefined ? {} : { pauseAtMost };
  const found = demands.flatMap((demand): TimeDemand[] => {
    const time = within(demand);
    if (time === undefined) return [];
    return [{ within: time, ...(demand.calendar === undefined ? {} : { calendar: demand.calendar }), ...pause }];
  });
  return found.length > 0 ? found : [{ within: otherwise, ...pause }];
}

function least(numbers: ReadonlyArray<number | undefined>): number | undefined {
  const given = numbers.filter((n): n is number => n !== undefined);
  return given.length === 0 ? undefined : Math.min(...given);
}

function longest(durations: ReadonlyArray<Duration | undefined>): Duration | undefined {
  return durations
    .filter((d): d is Duration => d !== undefined)
    .sort((a, b) => requireDurationMs(b) - requireDurationMs(a))[0];
}

function shortest(durations: ReadonlyArray<Duration | undefined>): Duration | undefined {
  return durations
    .filter((d): d is Duration => d !== undefined)
    .reduce<Duration | undefined>(
      (best, d) => (best === undefined || requireDurationMs(d) < requireDurationMs(best) ? d : best),
      undefined,
    );
}

/** The same stage demanded twice is asked once, with the higher quorum and the sources of both. */
function mergeStages(stages: readonly StageRule[]): readonly StageRule[] {
  const byId = new Map<string, StageRule>();
  for (const stage of stages) {
    const known = byId.get(stage.id);
    byId.set(stage.id, known ? stricter(known, stage) : stage);
  }
  return [...byId.values()].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
}

function stricter(a: StageRule, b: StageRule): StageRule {
  const sources = [
    ...a.sources,
    ...b.sources.filter((s) => !a.sources.some((known) => JSON.stringify(known) === JSON.stringify(s))),
  ];
  const quorum = a.quorum === 'all' || b.quorum === 'all' ? 'all' : Math.max(a.quorum, b.quorum);
  return { ...a, order: Math.min(a.order, b.order), sources, quorum };
}
