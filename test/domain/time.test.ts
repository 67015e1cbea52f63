import * as fc from 'fast-check';
import { breakerLimits, decideBreaker, pass, type BreakerMemory } from '../../src/domain/breaker';
import { onCall } from '../../src/domain/approval/rota';
import { ladderProblems, mergeLadders, privilegedLadder, standardLadder } from '../../src/domain/escalation/ladder';
import { momentOf, openSteps } from '../../src/domain/escalation/steps';
import { exceptionHolds, remindAtOf } from '../../src/domain/exception/exception';
import { workflowProblems } from '../../src/domain/gate/needed-rules';
import { sweepLate } from '../../src/domain/heartbeat';
import { planHolding } from '../../src/domain/holding/holding';
import { epochMs, later, plus } from '../../src/domain/instant';
import {
  dueOf,
  elapsedMs,
  isPaused,
  pauseClock,
  resumeClock,
  startClock,
  stopClock,
  strictestTarget,
} from '../../src/domain/sla/clock';

const t0 = '2026-11-23T09:00:00.000Z';
const minute = 60_000;
const at = (minutes: number) => later(t0, minutes * minute);
const minutes = (max: number) => fc.integer({ min: 0, max });

describe('a clock', () => {
  it('is met before its due instant and breached from that instant on', () => {
    const clock = startClock('fulfilment', { within: 'PT1H' }, t0);
    expect(stopClock(clock, later(dueOf(clock), -1), 'proven').outcome).toBe('met');
    expect(stopClock(clock, dueOf(clock), 'proven').outcome).toBe('breached');
  });

  it('shows the whole of its target at its due instant, whatever pauses came before', () => {
    fc.assert(
      fc.property(
        minutes(500),
        fc.array(fc.tuple(minutes(90), minutes(90)), { maxLength: 5 }),
        minutes(200),
        (within, spans, cap) => {
          let clock = startClock('fulfilment', { within: `PT${within + 1}M`, pauseAtMost: `PT${cap}M` }, t0);
          let now = 0;
          for (const [run, pause] of spans) {
            clock = pauseClock(clock, true, at((now += run)));
            clock = pauseClock(clock, false, at((now += pause)));
          }
          expect(elapsedMs(clock, dueOf(clock))).toBe((within + 1) * minute);
          // A pause gives time, and never more than its cap.
          const moved = epochMs(dueOf(clock)) - epochMs(at(within + 1));
          expect(moved).toBeGreaterThanOrEqual(0);
          expect(moved).toBeLessThanOrEqual(cap * minute);
        },
      ),
    );
  });

  it('never pauses without a cap, nor once it has stopped', () => {
    const removal = startClock('removal', { within: 'PT1H' }, t0);
    expect(pauseClock(removal, true, at(5))).toBe(removal);
    const stopped = stopClock(startClock('fulfilment', { within: 'PT1H', pauseAtMost: 'P1D' }, t0), at(5), 'proven');
    expect(pauseClock(stopped, true, at(6))).toBe(stopped);
  });

  it('runs on by itself when a pause has used up its cap', () => {
    const clock = pauseClock(startClock('fulfilment', { within: 'PT1H', pauseAtMost: 'PT30M' }, t0), true, at(10));
    expect(isPaused(clock, at(39))).toBe(true);
    expect(isPaused(clock, at(40))).toBe(false);
    expect(dueOf(clock)).toBe(at(90));
  });

  it('counts on after a proof that did not last as if it had never stopped', () => {
    const clock = startClock('fulfilment', { within: 'PT1H' }, t0);
    expect(resumeClock(stopClock(clock, at(20), 'proven'))).toEqual(clock);
  });

  it('takes the target that is due first, not the shortest one', () => {
    const office = {
      id: 'office',
      name: 'Office',
      version: 1,
      timeZone: 'Europe/Berlin',
      week: { mon: [{ from: '09:00', to: '17:00' }] },
      holidays: [],
    };
    const friday = '2026-11-27T12:00:00.000Z';
    const targets = [{ within: 'PT4H', calendar: office }, { within: 'PT8H' }];
    expect(strictestTarget(targets, friday)).toEqual({ within: 'PT8H' });
    expect(strictestTarget(targets, t0)).toEqual(targets[0]);
  });
});

describe('a ladder', () => {
  const clock = startClock('approval', { within: 'PT8H' }, t0);

  it('offers its steps in the order of their instants, a breach before the steps of its instant', () => {
    const steps = openSteps([clock], standardLadder, []);
    expect(steps.map((step) => step.step?.id ?? 'breach')).toEqual([
      'approval-half',
      'approval-soon',
      'breach',
      'approval-due',
    ]);
    expect(steps.map((step) => step.at)).toEqual([...steps.map((step) => step.at)].sort());
  });

  it('offers nothing on a clock that has stopped, and no step twice', () => {
    expect(openSteps([stopClock(clock, at(10), 'proven')], standardLadder, [])).toEqual([]);
    const taken = [{ step: '0:approval-half', at: at(241), dueAt: at(240) }];
    expect(openSteps([clock], standardLadder, taken).map((step) => step.key)).not.toContain('0:approval-half');
  });

  it('puts a step before the due instant where the calendar says, never before the clock began', () => {
    expect(momentOf(clock, { before: 'PT1H' })).toBe(at(7 * 60));
    expect(momentOf(clock, { before: 'P30D' })).toBe(t0);
    expect(momentOf(clock, { after: 'PT1H' })).toBe(at(9 * 60));
  });

  it('keeps all steps of several ladders and the smaller cap on reminders', () => {
    const merged = mergeLadders([standardLadder, { ...privilegedLadder, remindersAtMost: 1 }]);
    expect(merged.steps).toHaveLength(standardLadder.steps.length + privilegedLadder.steps.length);
    expect(new Set(merged.steps.map((step) => step.id)).size).toBe(merged.steps.length);
    expect(merged.remindersAtMost).toBe(1);
  });

  it('says what is wrong with it before it is saved', () => {
    expect(ladderProblems(standardLadder)).toEqual([]);
    expect(ladderProblems(privilegedLadder)).toEqual([]);
    const [first] = standardLadder.steps;
    if (!first) throw new Error('no step');
    expect(ladderProblems({ ...standardLadder, steps: [first, first] })[0]).toContain('Two steps');
    expect(ladderProblems({ ...standardLadder, steps: [] })[0]).toContain('no step');
  });
});

it('announces access and raises its removal before its end, in this order, whatever policy asks for', () => {
  fc.assert(
    fc.property(minutes(100_000), minutes(10_000), minutes(10_000), (lasts, lead, warn) => {
      const ends = { revocationLead: `PT${lead}M`, warnBefore: `PT${warn}M`, checkEvery: 'P1D' };
      const holding = planHolding(undefined, t0, at(lasts), ends);
      const order = [t0, holding.warnAt, holding.raiseAt, holding.endsAt];
      expect(order).toEqual([...order].sort());
    }),
  );
});

it('honours an exception until its end and not at it, for exactly what it was given for', () => {
  const content = { contentHash: 'a', epoch: 2 };
  const exception = {
    id: '1',
    kind: 'override' as const,
    gate: 'verification' as const,
    reason: 'r',
    ownerId: 'olga',
    grantedAt: t0,
    expiresAt: at(60),
    remindAt: remindAtOf(t0, at(60)),
    granters: ['gus'],
    renewals: 0,
    ...content,
  };
  expect(exceptionHolds(exception, content, at(59))).toBe(true);
  expect(exceptionHolds(exception, content, at(60))).toBe(false);
  expect(exceptionHolds(exception, { ...content, contentHash: 'b' }, at(1))).toBe(false);
  expect(exceptionHolds(exception, { ...content, epoch: 3 }, at(1))).toBe(false);
  expect(exception.remindAt).toBe(at(30));
  expect(remindAtOf(t0, plus(t0, 'P10D'))).toBe(plus(t0, 'P9D'));
});

describe('a circuit breaker', () => {
  const run = (times: number, now: string, memory?: BreakerMemory) => {
    const answers: string[] = [];
    let known = memory;
    for (let i = 0; i < times; i++) {
      const { answer, memory: next } = pass('revocations', known, now);
      answers.push(answer);
      known = next;
    }
    return { answers, memory: known as BreakerMemory };
  };
  const { limit } = breakerLimits.revocations;

  it('lets exactly its limit through in a window and holds everything after, until a person decides', () => {
    const { answers, memory } = run(limit + 3, t0);
    expect(answers.filter((answer) => answer === 'pass')).toHaveLength(limit);
    expect(run(1, plus(t0, 'P3D'), memory).answers).toEqual(['held']);
    expect(run(2, at(1), decideBreaker(memory, 'go-on', 'p-1', at(1))).answers).toEqual(['pass', 'pass']);
    expect(run(1, at(1), decideBreaker(memory, 'drop', 'p-1', at(1))).answers).toEqual(['drop']);
  });

  it('counts anew in the next window, and after a decision has run out', () => {
    const { memory } = run(limit, t0);
    expect(run(limit, at(61), memory).answers).not.toContain('held');
    const decided = decideBreaker(run(limit + 1, t0).memory, 'go-on', 'p-1', t0);
    const later = run(limit + 1, plus(t0, 'P2D'), decided);
    expect(later.answers.filter((answer) => answer === 'pass')).toHaveLength(limit);
  });
});

it('takes a sweep for late from a quarter of an hour on, and a site without any from the start', () => {
  expect(sweepLate(t0, at(14))).toBe(false);
  expect(sweepLate(t0, at(15))).toBe(true);
  expect(sweepLate(undefined, t0)).toBe(true);
});

it('knows who is on call by turns, and lets somebody stand in', () => {
  const rota = {
    id: 'r',
    name: 'R',
    startsAt: t0,
    turn: 'P7D',
    people: ['pam', 'adele'],
    overrides: [{ from: at(60), to: at(120), accountId: 'gus' }],
  };
  expect([at(-1), t0, at(60), at(119), at(120), plus(t0, 'P7D'), plus(t0, 'P14D')].map((t) => onCall(rota, t))).toEqual(
    [undefined, 'pam', 'gus', 'gus', 'pam', 'adele', 'pam'],
  );
});

describe('a live workflow', () => {
  const mapping = {
    statuses: {
      '1': 'submitted',
      '2': 'waiting',
      '3': 'in-progress',
      '4': 'resolved',
      '5': 'cancelled',
      '6': 'declined',
    } as const,
    transitions: {
      'ask-approval': 'Ask approval',
      start: 'Start',
      'ask-again': 'Ask again',
      resolve: 'Resolve',
      reopen: 'Reopen',
    },
  };
  const transition = (name: string, from: string[], toStatusId: string, rules: string[] = []) => ({
    name,
    fromStatusIds: from,
    toStatusId,
    rules,
  });
  const whole = [
    transition('Ask approval', ['1'], '2'),
    transition('Start', ['1'], '3', ['approval-gate']),
    transition('Approve', ['2'], '3'),
    transition('Decline', ['2'], '6'),
    transition('Resolve', ['3'], '4', ['verification-gate', 'gate-guard']),
    transition('Cancel', ['3'], '5', ['cancel-gate']),
    transition('Reopen', ['4', '5', '6'], '1'),
  ];

  it('with every gate in its place has no problem', () => {
    expect(workflowProblems(mapping, whole)).toEqual([]);
  });

  it.each(['Start', 'Resolve', 'Cancel'])('that lost the gate of %s is found', (name) => {
    const changed = whole.map((t) => (t.name === name ? { ...t, rules: [] } : t));
    expect(workflowProblems(mapping, changed)[0]).toContain(`"${name}" lacks`);
  });

  it('with a way around a gate or the approval is found', () => {
    expect(workflowProblems(mapping, [...whole, transition('Done', ['1'], '4')])[0]).toContain('"Done" lacks');
    expect(workflowProblems(mapping, [...whole, transition('Skip', ['2'], '3')]).join()).toContain('3 exits');
    expect(workflowProblems(mapping, whole.slice(0, -1)).join()).toContain('"Reopen" is not in the workflow');
  });
});
