import type { StageRule } from '../approval/stage';
import type { IdentityAttributes } from '../identity/identity';
import { requireDurationMs, type Duration } from '../instant';
import type { AttributeTest, Policy, PolicyAnswer, PolicyQuestion, PolicyRule, RuleDemands } from './policy';

type Test = (question: PolicyQuestion) => boolean;

/** A policy made ready to answer: call it with a question. Pure; the same question gives the same answer. */
export type CompiledPolicy = (question: PolicyQuestion) => PolicyAnswer;

/** Demands that hold where no rule says otherwise. */
export const defaultDemands = {
  evidenceMaxAge: 'PT15M',
  grace: 'PT15M',
  fulfilWithin: 'P2D',
  approvalExpiresAfter: 'P30D',
} as const satisfies RuleDemands;

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
    fulfilWithin: shortest(demands.map((d) => d.fulfilWithin)) ?? defaultDemands.fulfilWithin,
    approvalExpiresAfter: shortest(demands.map((d) => d.approvalExpiresAfter)) ?? defaultDemands.approvalExpiresAfter,
  });
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
