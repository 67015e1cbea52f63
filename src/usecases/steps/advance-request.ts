import { openSteps } from '../../domain/escalation/steps';
import type { AccessRequest } from '../../domain/request/access-request';
import { lapse } from '../../domain/request/lifecycle/act';
import { resumeWrite } from '../../domain/request/lifecycle/direct';
import { escalate } from '../../domain/request/lifecycle/escalate';
import { expireException, remindOfException } from '../../domain/request/lifecycle/except';
import { raiseRevocation, recheckIdentity, supersedeHolding, warnOfEnd } from '../../domain/request/lifecycle/hold';
import { outcome, type Context, type Outcome } from '../../domain/request/lifecycle/outcome';
import { recordReadings, schedule } from '../../domain/request/lifecycle/read';
import type { IssueView } from '../../domain/request/issue-view';
import { dueWant, type Want } from '../../domain/request/wants';
import type { Ports } from '../ports';
import { commitChange } from './change-request';
import { deliverLeased, leaseMs } from './deliver-row';
import { followIssue } from './follow-issue';
import { identityToday } from './identity-today';
import { readItems } from './read-target';
import { longerHolding } from './settle-holdings';
import { stepPeople } from './step-people';

const readBudget = { timeMs: 10_000, bytes: 2 * 1024 * 1024, calls: 12 };
/** More things than this are never due at once on one request; the rest is for the next sweep. */
const mostAtOnce = 20;

/**
 * Does what a request waits for and is due, in the order in which it fell due: an outage tried again, a reading repeated,
 * an approval lapsed, an escalation, the end of access or of an exception. The issue is followed first, so nothing is done
 * about what is not so any more. Whatever is decided is decided on the record as it is written.
 */
export async function advanceRequest(ports: Ports, known: AccessRequest): Promise<void> {
  const now = ports.clock.now();
  if (dueWant(known, now) === undefined) return;
  const issue = known.state === 'deleted' ? undefined : await ports.issues.read(known.issueId);
  let request = (issue && (await followIssue(ports, issue, known))) ?? known;
  for (let done = 0; done < mostAtOnce; done++) {
    const want = dueWant(request, now);
    if (want === undefined) return;
    const command = await commandFor(ports, request, issue, want);
    const change = await commitChange(
      ports,
      request.issueId,
      { kind: 'app' },
      (current, context) => current && (command(current, context) ?? nothingLeft(current, want, context)),
      { known: request, leaseMs },
    );
    // A want that nobody can do anything about would come back for ever: it is put aside, and gets a person in the end.
    if (change.request === undefined || change.request.rev === request.rev) throw new Error('no-progress');
    request = change.request;
    if (change.outbox) {
      await deliverLeased(ports, change.outbox);
      // What the effects led to (a transition, a reading) has changed the record again.
      if (change.outbox.effects.some((effect) => changesRecord.includes(effect.kind)))
        request = (await ports.requests.get(request.issueId)) ?? request;
    }
  }
}

const changesRecord: readonly string[] = [
  'transition',
  'read-target',
  'direct-write',
  'ask-approvals',
  'raise',
  'answer-approval',
];

type Decide = (request: AccessRequest, context: Context) => Outcome | undefined;

/** Looks up what a want needs from outside, and answers the command that decides on the record. */
async function commandFor(
  ports: Ports,
  request: AccessRequest,
  issue: IssueView | undefined,
  want: Want,
): Promise<Decide> {
  switch (want.what) {
    case 'lapse':
      return (current, context) => lapse(current, context);
    case 'look': {
      if (request.items.length + request.former.length === 0) return () => undefined;
      const readings = await readItems(ports, request, readBudget);
      return (current, context) => lookTaken(recordReadings(current, readings, context), context);
    }
    case 'escalate': {
      const steps = request.policy ? openSteps(request.clocks, request.policy.ladder, request.stepsTaken) : [];
      const action = steps.find((step) => step.key === want.step)?.step?.action;
      const people = await stepPeople(ports, request, issue, action);
      return (current, context) => escalate(current, want.step, people, context);
    }
    case 'warn':
      return (current, context) => warnOfEnd(current, want.item, context);
    case 'write':
      return (current, context) => resumeWrite(current, want.item, context);
    case 'raise': {
      const longer = await longerHolding(ports, request, want.item);
      return (current, context) =>
        longer
          ? supersedeHolding(current, want.item, longer, context)
          : raiseRevocation(current, want.item, 'end', context);
    }
    case 'check': {
      const today = await identityToday(ports, request, want.item);
      return (current, context) => recheckIdentity(current, want.item, today, context);
    }
    case 'exception-reminder': {
      const owner = await ports.issues.person(request.exception?.ownerId ?? '');
      const replacements = (await ports.configuration.get('policy', 'current'))?.value.governanceOwnerIds ?? [];
      return (current, context) =>
        remindOfException(current, { active: owner?.active === true, replacements }, context);
    }
    case 'exception-end': {
      const readings = request.state === 'excepted' ? await readItems(ports, request, readBudget) : [];
      return (current, context) => expireOnReadings(current, readings, context);
    }
  }
}

/** A look that was taken is over, also where the state of the request plans no further one: it must not stay due. */
function lookTaken(read: Outcome | undefined, context: Context): Outcome | undefined {
  const { nextLookAt } = read?.request ?? {};
  if (read === undefined || nextLookAt === undefined || nextLookAt > context.now) return read;
  return { ...read, request: schedule(read.request, context) };
}

/** The readings are taken over first: the gate is asked on what the target shows at the end of the exception. */
function expireOnReadings(
  request: AccessRequest,
  readings: Parameters<typeof recordReadings>[1],
  context: Context,
): Outcome | undefined {
  const read = recordReadings(request, readings, context);
  const expired = expireException(read?.request ?? request, context);
  if (!expired || !read) return expired;
  return {
    ...expired,
    facts: [...read.facts, ...expired.facts],
    effects: [...read.effects, ...expired.effects],
    readings: [...read.readings, ...expired.readings],
    discrepancies: [...read.discrepancies, ...expired.discrepancies],
  };
}

/** A request that wants nothing any more must leave the due-index, or every sweep would find it again. */
function nothingLeft(request: AccessRequest, want: Want, context: Context): Outcome | undefined {
  if (dueWant(request, context.now)?.what !== want.what) return undefined;
  if (want.what === 'look') {
    const { nextLookAt: _old, ...rest } = request;
    return outcome(schedule(rest, context), 'look-again', [{ fact: 'nothing-due' }]);
  }
  return undefined;
}
