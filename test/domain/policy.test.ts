import fc from 'fast-check';
import { compilePolicy, evaluatePolicy } from '../../src/domain/policy/evaluate';
import { enforcementFor } from '../../src/domain/policy/enforcement';
import type { Policy, PolicyQuestion, PolicyRule } from '../../src/domain/policy/policy';

const manager = { id: 'manager', name: 'Manager', order: 1, quorum: 'all', sources: [{ kind: 'manager' }] } as const;
const owner = { id: 'owner', name: 'Owner', order: 2, quorum: 1, sources: [{ kind: 'entitlement-owner' }] } as const;

const policy: Policy = {
  version: 3,
  governanceOwnerIds: [],
  rules: [
    {
      id: 'auto',
      name: 'Finance reads without approval',
      when: { risks: ['standard'], beneficiary: [{ attribute: 'department', in: ['Finance'] }] },
      then: {},
    },
    {
      id: 'standard',
      name: 'Standard',
      when: { risks: ['standard'], beneficiary: [{ attribute: 'department', notIn: ['finance'] }] },
      then: { stages: [manager] },
    },
    {
      id: 'sensitive',
      name: 'Sensitive',
      when: { risks: ['sensitive'] },
      then: { stages: [manager], evidenceMaxAge: 'PT15M' },
    },
    {
      id: 'long',
      name: 'Long',
      when: { risks: ['sensitive'], longerThan: 'P90D' },
      then: { stages: [owner], evidenceMaxAge: 'PT10M' },
    },
    {
      id: 'admin',
      name: 'Privileged',
      when: { risks: ['privileged'] },
      then: { stages: [manager], maxDuration: 'PT8H', evidenceMaxAge: 'PT5M' },
    },
  ],
};

const question = (over: Partial<PolicyQuestion>): PolicyQuestion => ({
  changeKind: 'grant',
  risk: 'standard',
  connectorId: 'scim',
  entitlementId: 'g',
  identityKind: 'person',
  requester: {},
  beneficiary: { department: 'finance' },
  lastsMs: 86_400_000,
  ...over,
});

describe('policy', () => {
  it.each<[string, Partial<PolicyQuestion>, string[], string[]]>([
    ['needs nobody for standard access in finance', {}, ['auto'], []],
    [
      'needs the manager for standard access elsewhere',
      { beneficiary: { department: 'it' } },
      ['standard'],
      ['manager'],
    ],
    ['reads an unknown department strictly', { beneficiary: {} }, ['standard'], ['manager']],
    ['needs the manager for sensitive access', { risk: 'sensitive' }, ['sensitive'], ['manager']],
    [
      'needs the owner too beyond 90 days',
      { risk: 'sensitive', lastsMs: 91 * 86_400_000 },
      ['sensitive', 'long'],
      ['manager', 'owner'],
    ],
    [
      'does not need the owner for exactly 90 days',
      { risk: 'sensitive', lastsMs: 90 * 86_400_000 },
      ['sensitive'],
      ['manager'],
    ],
    [
      'takes access without an end for longer than anything',
      { risk: 'sensitive', lastsMs: undefined },
      ['sensitive', 'long'],
      ['manager', 'owner'],
    ],
  ])('%s', (_name, over, rules, stages) => {
    const answer = evaluatePolicy(policy, question(over));
    expect(answer.rules).toEqual(rules);
    expect(answer.stages.map((s) => s.id)).toEqual(stages);
    expect(answer.reasons).toHaveLength(rules.length);
  });

  it('lets the strictest demand win, whatever the order of the rules', () => {
    const reversed = { ...policy, rules: [...policy.rules].reverse() };
    const asked = question({ risk: 'sensitive', lastsMs: undefined });
    expect(evaluatePolicy(reversed, asked).evidenceMaxAge).toBe('PT10M');
    expect(evaluatePolicy(reversed, asked).stages.map((s) => s.id)).toEqual(['manager', 'owner']);
  });

  it('asks a stage that two rules demand once, with the higher quorum and the sources of both', () => {
    const rules: PolicyRule[] = [
      { id: 'a', name: 'a', when: {}, then: { stages: [{ ...manager, quorum: 1 }] } },
      {
        id: 'b',
        name: 'b',
        when: {},
        then: { stages: [{ ...manager, quorum: 2, sources: [{ kind: 'person', accountId: 'pam' }] }] },
      },
    ];
    const [stage, ...others] = evaluatePolicy({ ...policy, rules }, question({})).stages;
    expect(others).toHaveLength(0);
    expect(stage).toMatchObject({ quorum: 2, sources: [{ kind: 'manager' }, { kind: 'person', accountId: 'pam' }] });
  });

  it('covers nothing when no rule applies', () => {
    expect(evaluatePolicy({ ...policy, rules: [] }, question({}))).toMatchObject({ covered: false, stages: [] });
  });

  it('requires an end where it limits the duration', () => {
    expect(evaluatePolicy(policy, question({ risk: 'privileged' }))).toMatchObject({
      endRequired: true,
      maxDuration: 'PT8H',
    });
  });

  it('refuses to compile a malformed duration', () => {
    expect(() =>
      compilePolicy({ ...policy, rules: [{ id: 'x', name: 'x', when: { longerThan: 'soon' }, then: {} }] }),
    ).toThrow('duration');
  });

  it('never becomes milder when a rule is added', () => {
    const risks = fc.constantFrom('standard', 'sensitive', 'privileged');
    const rule = fc.record({
      risks: fc.option(fc.uniqueArray(risks, { minLength: 1 }), { nil: undefined }),
      stage: fc.option(fc.constantFrom('s1', 's2', 's3'), { nil: undefined }),
      age: fc.option(fc.constantFrom('PT1M', 'PT5M', 'PT15M', 'PT1H'), { nil: undefined }),
      max: fc.option(fc.constantFrom('PT1H', 'P1D', 'P30D'), { nil: undefined }),
    });
    const build = (
      r: { risks: string[] | undefined; stage: string | undefined; age: string | undefined; max: string | undefined },
      i: number,
    ): PolicyRule => ({
      id: `r${i}`,
      name: `r${i}`,
      when: r.risks ? { risks: r.risks as never } : {},
      then: {
        ...(r.stage ? { stages: [{ ...manager, id: r.stage }] } : {}),
        ...(r.age ? { evidenceMaxAge: r.age } : {}),
        ...(r.max ? { maxDuration: r.max } : {}),
      },
    });
    const minutes: Record<string, number> = { PT1M: 1, PT5M: 5, PT15M: 15, PT1H: 60, P1D: 1440, P30D: 43200 };
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 6 }), rule, risks, (rules, extra, risk) => {
        const before = rules.map(build);
        const asked = question({ risk: risk as PolicyQuestion['risk'] });
        const a = evaluatePolicy({ ...policy, rules: before }, asked);
        const b = evaluatePolicy({ ...policy, rules: [...before, build(extra, 99)] }, asked);
        for (const stage of a.stages) expect(b.stages.map((s) => s.id)).toContain(stage.id);
        if (a.covered) {
          const demanded = before
            .filter((r) => !r.when.risks || r.when.risks.includes(asked.risk))
            .some((r) => r.then.evidenceMaxAge);
          if (demanded) expect(minutes[b.evidenceMaxAge]).toBeLessThanOrEqual(minutes[a.evidenceMaxAge] as number);
        }
        if (a.maxDuration)
          expect(minutes[b.maxDuration as string]).toBeLessThanOrEqual(minutes[a.maxDuration] as number);
        if (a.endRequired) expect(b.endRequired).toBe(true);
      }),
    );
  });

  it('gives the same answer compiled once and asked often, with more rules than fit in one word', () => {
    const many: PolicyRule[] = Array.from({ length: 40 }, (_, i) => ({
      id: `r${i}`,
      name: `r${i}`,
      when: { entitlements: [`e${i}`, 'all'] },
      then: { stages: [{ ...manager, id: `s${i}` }] },
    }));
    const compiled = compilePolicy({ ...policy, rules: many });
    expect(compiled(question({ entitlementId: 'e35' })).rules).toEqual(['r35']);
    expect(compiled(question({ entitlementId: 'all' })).rules).toHaveLength(40);
    expect(compiled(question({ entitlementId: 'e35' })).rules).toEqual(['r35']);
  });
});

describe('enforcement', () => {
  const issue = { requestTypeId: '11', risk: 'standard', createdAt: '2026-11-23T09:00:00.000Z' } as const;
  it('is enforced where nothing is configured', () => {
    expect(enforcementFor([], issue)).toEqual({ mode: 'enforce', legacy: false });
  });
  it('takes the first line that fits', () => {
    const rules = [
      { requestTypeId: '12', mode: 'warn', effectiveFrom: '2020-01-01T00:00:00.000Z' },
      { risk: 'standard', mode: 'observe', effectiveFrom: '2020-01-01T00:00:00.000Z' },
    ] as const;
    expect(enforcementFor(rules, issue).mode).toBe('observe');
  });
  it('counts issues from before its start as legacy and those from its instant on as governed', () => {
    const rule = (effectiveFrom: string) => [{ mode: 'enforce', effectiveFrom }] as const;
    expect(enforcementFor(rule('2026-11-23T09:00:00.001Z'), issue).legacy).toBe(true);
    expect(enforcementFor(rule('2026-11-23T09:00:00.000Z'), issue).legacy).toBe(false);
  });
});
