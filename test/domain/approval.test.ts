import fc from 'fast-check';
import { independenceConflict } from '../../src/domain/approval/independence';
import { approvalOutcome, openStage, stageProgress } from '../../src/domain/approval/progress';
import type { Decision, Stage } from '../../src/domain/approval/stage';

const stage = (id: string, order: number, quorum: number, approvers: string[]): Stage => ({
  id,
  name: id,
  order,
  quorum,
  approvers,
});
const decision = (
  stageId: string,
  accountId: string,
  kind: 'approve' | 'decline' = 'approve',
  over: Partial<Decision> = {},
): Decision => ({
  stageId,
  accountId,
  decision: kind,
  at: '2026-11-23T09:00:00.000Z',
  channel: 'jsm',
  contentHash: 'h',
  round: 1,
  ...over,
});

describe('approval stages', () => {
  const stages = [stage('manager', 1, 1, ['mark']), stage('owner', 2, 2, ['olga', 'pam', 'gus'])];

  it('open one after the other', () => {
    expect(openStage(stageProgress(stages, [], 1, 'h'))?.stage.id).toBe('manager');
    const afterManager = stageProgress(stages, [decision('manager', 'mark')], 1, 'h');
    expect(afterManager.map((p) => p.status)).toEqual(['approved', 'open']);
  });

  it('need their quorum of distinct people', () => {
    const twice = stageProgress(
      stages,
      [decision('manager', 'mark'), decision('owner', 'olga'), decision('owner', 'olga')],
      1,
      'h',
    );
    expect(approvalOutcome(twice)).toBe('open');
    const two = stageProgress(
      stages,
      [decision('manager', 'mark'), decision('owner', 'olga'), decision('owner', 'gus')],
      1,
      'h',
    );
    expect(approvalOutcome(two)).toBe('approved');
  });

  it.each([
    ['of another round', { round: 2 }],
    ['for other content', { contentHash: 'other' }],
  ])('do not count decisions %s', (_name, over) => {
    expect(
      approvalOutcome(stageProgress(stages.slice(0, 1), [decision('manager', 'mark', 'approve', over)], 1, 'h')),
    ).toBe('open');
  });

  it('do not count people who were not asked', () => {
    expect(approvalOutcome(stageProgress(stages.slice(0, 1), [decision('manager', 'amir')], 1, 'h'))).toBe('open');
  });

  it('count a person once over all stages', () => {
    const both = [stage('manager', 1, 1, ['olga']), stage('owner', 2, 1, ['olga'])];
    expect(approvalOutcome(stageProgress(both, [decision('manager', 'olga'), decision('owner', 'olga')], 1, 'h'))).toBe(
      'open',
    );
  });

  it('are declined by one decline, whoever approved', () => {
    const progress = stageProgress(
      stages,
      [
        decision('manager', 'mark'),
        decision('owner', 'olga'),
        decision('owner', 'gus'),
        decision('owner', 'pam', 'decline'),
      ],
      1,
      'h',
    );
    expect(approvalOutcome(progress)).toBe('declined');
  });

  it('are approved when there are none', () => {
    expect(approvalOutcome(stageProgress([], [], 1, 'h'))).toBe('approved');
  });

  it('never approve without quorum distinct approvers of every stage, whatever decisions exist', () => {
    const people = ['a', 'b', 'c', 'd'];
    const anyStage = fc.record({
      order: fc.integer({ min: 1, max: 3 }),
      quorum: fc.integer({ min: 1, max: 3 }),
      approvers: fc.uniqueArray(fc.constantFrom(...people), { minLength: 1 }),
    });
    const anyDecision = fc.record({
      stage: fc.integer({ min: 0, max: 2 }),
      by: fc.constantFrom(...people, 'x'),
      approve: fc.boolean(),
      round: fc.integer({ min: 1, max: 2 }),
      hash: fc.constantFrom('h', 'old'),
    });
    fc.assert(
      fc.property(
        fc.array(anyStage, { maxLength: 3 }),
        fc.array(anyDecision, { maxLength: 12 }),
        (rawStages, rawDecisions) => {
          const all = rawStages.map((s, i) => stage(`s${i}`, s.order, s.quorum, s.approvers));
          const decisions = rawDecisions.map((d) =>
            decision(`s${d.stage}`, d.by, d.approve ? 'approve' : 'decline', { round: d.round, contentHash: d.hash }),
          );
          if (approvalOutcome(stageProgress(all, decisions, 1, 'h')) !== 'approved') return;
          const used = new Set<string>();
          for (const s of all) {
            const approvers = decisions.filter(
              (d) =>
                d.stageId === s.id &&
                d.decision === 'approve' &&
                d.round === 1 &&
                d.contentHash === 'h' &&
                s.approvers.includes(d.accountId),
            );
            expect(new Set(approvers.map((d) => d.accountId)).size).toBeGreaterThanOrEqual(s.quorum);
            for (const d of approvers) used.add(d.accountId);
            expect(
              decisions.some(
                (d) =>
                  d.stageId === s.id &&
                  d.decision === 'decline' &&
                  d.round === 1 &&
                  d.contentHash === 'h' &&
                  s.approvers.includes(d.accountId),
              ),
            ).toBe(false);
          }
          expect(used.size).toBeGreaterThanOrEqual(all.reduce((sum, s) => sum + s.quorum, 0));
        },
      ),
    );
  });
});

describe('approval independence', () => {
  const roles = { requesterId: 'r', raiserId: 'a', beneficiaryIds: ['b'], implementerIds: ['i'] };
  it.each([
    ['r', 'SOD1'],
    ['b', 'SOD2'],
    ['a', 'SOD3'],
    ['i', 'SOD4'],
    ['m', undefined],
  ])('keeps %s from approving by %s', (person, rule) => {
    expect(independenceConflict(person, roles)).toBe(rule);
  });
});
