import { newEnforcer, newModelFromString, StringAdapter } from 'casbin';
import { compilePolicy } from '../../src/domain/policy/evaluate';
import type { Policy, PolicyQuestion } from '../../src/domain/policy/policy';
import { median, type Row } from '../row';

const stage = (id: string) => ({
  id,
  name: id,
  order: 1,
  quorum: 'all' as const,
  sources: [{ kind: 'manager' as const }],
});

/** The seeded company's rules, here and below in casbin's language. */
const policy: Policy = {
  version: 1,
  governanceOwnerIds: [],
  rules: [
    {
      id: 'standard-in-finance',
      name: 'Finance',
      when: {
        changeKinds: ['grant', 'modify'],
        risks: ['standard'],
        beneficiary: [{ attribute: 'department', in: ['finance'] }],
      },
      then: {},
    },
    {
      id: 'standard',
      name: 'Standard',
      when: {
        changeKinds: ['grant', 'modify'],
        risks: ['standard'],
        beneficiary: [{ attribute: 'department', notIn: ['finance'] }],
      },
      then: { stages: [stage('manager')] },
    },
    {
      id: 'sensitive',
      name: 'Sensitive',
      when: { changeKinds: ['grant', 'modify'], risks: ['sensitive'] },
      then: { stages: [stage('manager')] },
    },
    {
      id: 'sensitive-long',
      name: 'Long',
      when: { changeKinds: ['grant', 'modify'], risks: ['sensitive'], longerThan: 'P90D' },
      then: { stages: [stage('owner')] },
    },
    {
      id: 'privileged',
      name: 'Privileged',
      when: { changeKinds: ['grant', 'modify'], risks: ['privileged'] },
      then: { stages: [stage('manager'), stage('pam')], maxDuration: 'PT8H' },
    },
    { id: 'removal', name: 'Removal', when: { changeKinds: ['revoke'] }, then: {} },
  ],
};

const model = `
[request_definition]
r = change, risk, dept, days, stage
[policy_definition]
p = risk, dept, days, stage
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.stage == p.stage && r.change != "revoke" && r.risk == p.risk && (p.dept == "*" || r.dept != "finance") && r.days > p.days
`;
const rules = `
p, standard, not-finance, -1, manager
p, sensitive, *, -1, manager
p, sensitive, *, 90, owner
p, privileged, *, -1, manager
p, privileged, *, -1, pam
`;

const stages = ['manager', 'owner', 'pam'] as const;
const requests = 20_000;
const rounds = 15;
const dayMs = 86_400_000;

/** A policy decision with its reasons against casbin, on the same requests in the same run, interleaved. */
export async function policyRows(): Promise<Row[]> {
  const enforcer = await newEnforcer(newModelFromString(model), new StringAdapter(rules.trim()));
  const questions = Array.from({ length: requests }, (_, i) => question(i));
  const asCasbin = questions.map(
    (q) =>
      [q.changeKind, q.risk, q.beneficiary.department ?? '', (q.lastsMs ?? Number.MAX_SAFE_INTEGER) / dayMs] as const,
  );
  const decide = compilePolicy(policy);

  let differences = 0;
  for (const [i, q] of questions.entries()) {
    const ours = decide(q)
      .stages.map((s) => s.id)
      .sort()
      .join();
    const theirs = stages
      .filter((s) => enforcer.enforceSync(...(asCasbin[i] as (typeof asCasbin)[number]), s))
      .sort()
      .join();
    if (ours !== theirs) differences++;
  }

  const own: number[] = [];
  const peer: number[] = [];
  let sink = 0;
  for (let round = 0; round < rounds; round++) {
    own.push(timed(() => questions.forEach((q) => (sink += decide(q).reasons.length))));
    // One question to casbin about one stage: the least it can be asked. The whole answer would take three.
    peer.push(timed(() => asCasbin.forEach((q) => (sink += enforcer.enforceSync(...q, 'manager') ? 1 : 0))));
  }
  if (sink === 0) throw new Error('nothing was decided');
  const ratio = Math.round((median(peer) / median(own)) * 10) / 10;
  return [
    {
      name: `policy decision: answers that differ from casbin on ${requests} requests`,
      value: differences,
      unit: 'answers',
      peer: 'casbin 5',
      goal: '= 0',
      holds: differences === 0,
    },
    {
      name: 'policy decision with all reasons, against one casbin enforce call',
      value: 1,
      unit: 'relative time',
      peer: 'casbin 5',
      peerValue: ratio,
      ratio,
      goal: '>= 10x faster',
      holds: ratio >= 10,
    },
  ];
}

/** Deterministic variety: every combination of kind, risk, department and length comes up. */
function question(i: number): PolicyQuestion {
  const pick = <T>(list: readonly T[], step: number): T => list[Math.floor(i / step) % list.length] as T;
  return {
    changeKind: pick(['grant', 'modify', 'revoke'] as const, 1),
    risk: pick(['standard', 'sensitive', 'privileged'] as const, 3),
    connectorId: 'scim-directory',
    entitlementId: `e${i % 50}`,
    identityKind: 'person',
    requester: {},
    beneficiary: { department: pick(['finance', 'it', 'sales', 'risk'], 9) },
    lastsMs:
      pick([undefined, 1, 30, 90, 91, 365], 36) === undefined
        ? undefined
        : (pick([0, 1, 30, 90, 91, 365], 36) as number) * dayMs,
  };
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
