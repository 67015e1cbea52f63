import { openStage, stageProgress } from '../../approval/progress';
import type { AuditFact } from '../../audit/entry';
import type { Audience, LadderStep } from '../../escalation/ladder';
import { openSteps, remindersUsedUp, type StepDue, type StepTaken } from '../../escalation/steps';
import { minuteText } from '../../instant-words';
import { dueOf, type ClockKind } from '../../sla/clock';
import type { AccessRequest } from '../access-request';
import { declinedByApp } from '../missed-ending';
import { requestContentHash } from '../content';
import type { PlannedEffect } from '../effect';
import { itemSentence } from '../sentence';
import { outcome, type Context, type Outcome } from './outcome';
import { closePermits } from './register';

/** The people a step needs, found before the command: who hears of it, who may approve too, who takes over. */
export interface StepPeople {
  readonly audience: Readonly<Partial<Record<Audience, readonly string[]>>>;
  /** For `add-approvers`: independent and active, names for the screens. */
  readonly approvers: readonly string[];
  /** For `reassign`. */
  readonly assignee?: string;
  readonly names: Readonly<Record<string, string>>;
}

/**
 * Records a breach, or lets one step of the ladder take effect: once, never before its instant, and only while its clock
 * is open. A step that is not due any more (the clock has stopped, or was paused) answers undefined.
 */
export function escalate(
  request: AccessRequest,
  key: string,
  people: StepPeople,
  context: Context,
): Outcome | undefined {
  if (!request.policy) return undefined;
  const due = openSteps(request.clocks, request.policy.ladder, request.stepsTaken).find((step) => step.key === key);
  if (!due || due.at > context.now) return undefined;
  if (due.step === undefined) return breach(request, due);
  const { step } = due;
  const skipped =
    step.action.do === 'remind' && remindersUsedUp(request.policy.ladder, request.stepsTaken, due.clockIndex);
  const taken: StepTaken = {
    step: key,
    at: context.now,
    dueAt: due.at,
    ...(skipped ? { skipped: 'reminders-used-up' as const } : {}),
  };
  const next: AccessRequest = { ...request, stepsTaken: [...request.stepsTaken, taken] };
  const fact: AuditFact = {
    fact: skipped ? 'escalation-skipped' : 'escalated',
    step: step.id,
    clock: due.clock.kind,
    action: step.action.do,
    dueAt: due.at,
  };
  return skipped ? outcome(next, 'escalate', [fact]) : act(next, due, step, people, fact, context);
}

function breach(request: AccessRequest, due: StepDue): Outcome {
  const clocks = request.clocks.map((clock, index) =>
    index === due.clockIndex ? { ...clock, breachedAt: due.at } : clock,
  );
  return outcome({ ...request, clocks }, 'escalate', [{ fact: 'clock-breached', clock: due.clock.kind, at: due.at }]);
}

function act(
  request: AccessRequest,
  due: StepDue,
  step: LadderStep,
  people: StepPeople,
  fact: AuditFact,
  context: Context,
): Outcome {
  const { action } = step;
  const text = sentence(request, due, context.now);
  const done = (effects: readonly PlannedEffect[], more: { readonly [key: string]: string } = {}): Outcome =>
    outcome(request, 'escalate', [{ ...fact, ...more }], { effects });
  switch (action.do) {
    case 'remind':
    case 'notify':
      return done(tell(request, action.to, people, text));
    case 'raise-priority':
      return done([{ kind: 'set-priority', priority: action.priority }], { priority: action.priority });
    case 'reassign': {
      if (people.assignee === undefined) return done(internal(`${text} Nobody was found to hand it to.`, []));
      return done(
        [
          { kind: 'assign', accountId: people.assignee },
          ...internal(`${text} It is handed to somebody else.`, [people.assignee]),
        ],
        { to: context.ref(people.assignee) },
      );
    }
    case 'governance-request':
      return done([
        {
          kind: 'raise',
          raise: {
            as: 'governance',
            summary: `${kindWords[due.clock.kind]} is late: ${request.key}`,
            text: `${text} See ${request.key}.`,
          },
        },
      ]);
    case 'add-approvers':
      return addApprovers(request, people, text, fact, context);
    case 'auto-decline':
      return autoDecline(request, text, fact, context);
  }
}

const kindWords: Readonly<Record<ClockKind, string>> = {
  approval: 'Approval',
  fulfilment: 'Proven access',
  removal: 'Proven removal',
  compromise: 'Proven removal of compromised access',
  review: 'Review of an emergency',
};

function sentence(request: AccessRequest, due: StepDue, now: string): string {
  const at = dueOf(due.clock);
  const item = request.items[0];
  const what = item ? itemSentence(item) : request.key;
  const when = now < at ? `due ${minuteText(at)}` : `overdue since ${minuteText(at)}`;
  const silent = request.items.find(({ unreadableSince }) => unreadableSince !== undefined);
  const since = silent?.unreadableSince === undefined ? '' : minuteText(silent.unreadableSince);
  const unread = silent ? ` Nothing could be read in ${silent.connector.name} since ${since}.` : '';
  return `${kindWords[due.clock.kind]} is ${when}: ${what}.${unread}`;
}

/** Portal customers only see what is public; the rest stays among the agents. */
const publicAudience: readonly Audience[] = ['approvers', 'requester', 'beneficiary'];

function tell(
  request: AccessRequest,
  to: readonly Audience[],
  people: StepPeople,
  text: string,
): readonly PlannedEffect[] {
  const of = (audiences: readonly Audience[]) => [...new Set(audiences.flatMap((a) => people.audience[a] ?? []))];
  const inside = to.filter((audience) => !publicAudience.includes(audience));
  const outside = of(to.filter((audience) => publicAudience.includes(audience)));
  const participants = outside.filter((accountId) => accountId !== request.requesterId);
  return [
    ...(participants.length > 0 ? [{ kind: 'add-participants' as const, accountIds: participants }] : []),
    ...(outside.length > 0
      ? [{ kind: 'comment' as const, audience: 'customer' as const, text: `Reminder: ${text}`, mentions: outside }]
      : []),
    ...(inside.length > 0
      ? internal(
          inside.includes('assignee') && of(['assignee']).length === 0 ? `${text} Nobody is assigned.` : text,
          of(inside),
        )
      : []),
  ];
}

function internal(text: string, mentions: readonly string[]): readonly PlannedEffect[] {
  return [{ kind: 'comment', audience: 'internal', text, ...(mentions.length > 0 ? { mentions } : {}) }];
}

function addApprovers(
  request: AccessRequest,
  people: StepPeople,
  text: string,
  fact: AuditFact,
  context: Context,
): Outcome {
  const hash = requestContentHash(request.items);
  const open = openStage(stageProgress(request.stages, request.decisions, request.round, hash));
  // Nobody is asked twice: who stands in another stage already counts there.
  const known = new Set(request.stages.flatMap((stage) => stage.approvers));
  const added = people.approvers.filter((accountId) => !known.has(accountId));
  if (!open || added.length === 0) {
    return outcome(request, 'escalate', [{ ...fact, added: [] }], {
      effects: internal(`${text} No further approver was found.`, []),
    });
  }
  const stages = request.stages.map((stage) =>
    stage.id === open.stage.id ? { ...stage, approvers: [...stage.approvers, ...added], handedTo: added } : stage,
  );
  const next: AccessRequest = { ...request, stages, names: { ...people.names, ...request.names } };
  return outcome(next, 'escalate', [{ ...fact, added: added.map(context.ref) }], {
    effects: [
      // Whoever is not asked in the desk any more still has to see the request to answer it in the app.
      { kind: 'add-participants', accountIds: open.outstanding },
      { kind: 'ask-approvals', approvers: added },
      ...internal(`${text} Further approvers are asked.`, added),
    ],
  });
}

function autoDecline(request: AccessRequest, text: string, fact: AuditFact, context: Context): Outcome {
  if (request.state !== 'awaiting-approval') return outcome(request, 'escalate', [{ ...fact, without: 'effect' }]);
  const { approvalExpiresAt: _expiry, ...rest } = request;
  const items = request.items.map((item) => ({ ...item, outcome: 'declined' as const }));
  return outcome(
    {
      ...rest,
      state: 'declined',
      ...declinedByApp(request, context.now),
      items,
      permits: closePermits(request, context),
    },
    'escalate',
    [fact, { fact: 'request-declined', by: 'ladder' }],
    {
      effects: [
        { kind: 'transition', role: 'decline' },
        {
          kind: 'comment',
          audience: 'customer',
          text: `${text} Nobody answered in time, so the request is declined. Ask again if you still need the access.`,
        },
        { kind: 'read-target' },
      ],
    },
  );
}
