import type { AccessRequest } from '../../domain/request/access-request';
import { later } from '../../domain/instant';
import { commitOf, type Commit, type OutboxRow } from '../../domain/request/lifecycle/commit';
import { Refusal, type Actor, type Context, type Outcome } from '../../domain/request/lifecycle/outcome';
import { Unavailable, type Ports } from '../ports';

/** A command: from the request as it is stored now to what it becomes; undefined when there is nothing to change. */
export type Command = (request: AccessRequest | undefined, context: Context) => Outcome | undefined;

const attempts = 6;

/** How a change is made. */
export interface ChangeOptions {
  /** The request as it was read a moment ago: saves the first read, because the write tells when it is out of date. */
  readonly known?: AccessRequest;
  /** Effects are made by the caller at once: nobody else is asked to, and the row is leased to it. */
  readonly leaseMs?: number;
}

/**
 * Loads the request, lets the command decide on what was loaded, and writes everything in one transaction. When somebody
 * else was first, the command decides again on the new state. A refusal is written to the audit chain, then thrown on.
 * @returns the request as it is stored afterwards, undefined when there is none
 * @throws Refusal when the command refuses; Unavailable when storage does not answer
 */
export async function changeRequest(
  ports: Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs'>,
  issueId: string,
  actor: Actor,
  command: Command,
  options: Pick<ChangeOptions, 'known'> = {},
): Promise<AccessRequest | undefined> {
  const { request, outbox } = await commitChange(ports, issueId, actor, command, options);
  if (outbox) await ports.jobs.deliver(issueId, outbox.rev);
  return request;
}

/**
 * The same without asking the queue: answers the row of effects, which is the caller's to deliver.
 * @throws Refusal when the command refuses; Unavailable when storage does not answer
 */
export async function commitChange(
  ports: Pick<Ports, 'requests' | 'people' | 'clock'>,
  issueId: string,
  actor: Actor,
  command: Command,
  options: ChangeOptions = {},
): Promise<{ readonly request: AccessRequest | undefined; readonly outbox?: OutboxRow }> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const request = attempt === 0 && options.known ? options.known : await ports.requests.get(issueId);
    const { result, refusal, context, people } = await decide(ports, request, actor, command);
    if (!result) {
      if (refusal) throw refusal;
      return { request };
    }
    const commit = leased(commitOf({ ...result, request: { ...result.request, people } }, context), options.leaseMs);
    if (await ports.requests.commit(commit)) {
      if (refusal) throw refusal;
      return { request: commit.request, ...(commit.outbox ? { outbox: commit.outbox } : {}) };
    }
  }
  // Losing the race this often means the record changes faster than it can be decided on.
  throw new Unavailable('storage');
}

function leased(commit: Commit, leaseMs: number | undefined): Commit {
  if (!commit.outbox || leaseMs === undefined) return commit;
  return { ...commit, outbox: { ...commit.outbox, at: later(commit.outbox.at, leaseMs), attempts: 1 } };
}

async function decide(
  ports: Pick<Ports, 'people' | 'clock'>,
  request: AccessRequest | undefined,
  actor: Actor,
  command: Command,
) {
  const now = ports.clock.now();
  // Commands are pure, so they run once to say whom they mention and once with the references of those people.
  const mentioned = new Set<string>(actor.kind === 'person' ? [actor.accountId] : []);
  const collecting: Context = { now, actor, ref: (id) => (mentioned.add(id), id) };
  const first = attempt(request, collecting, command);
  if (!first.result && !(first.refusal && request)) return { ...first, context: collecting, people: {} };
  const people = await ports.people.refs([...mentioned], request?.people ?? {});
  const context: Context = { now, actor, ref: (id) => people[id] ?? 'unknown' };
  const second = attempt(request, context, command);
  const result = second.result ?? (second.refusal && request ? refused(request, second.refusal) : undefined);
  return { result, refusal: second.refusal, context, people };
}

function attempt(
  request: AccessRequest | undefined,
  context: Context,
  command: Command,
): { result?: Outcome; refusal?: Refusal } {
  try {
    const result = command(request, context);
    return result ? { result } : {};
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error };
    throw error;
  }
}

/** Every refusal stands in the audit chain: an attempt that failed is a fact too. */
function refused(request: AccessRequest, refusal: Refusal): Outcome {
  const facts = refusal.facts.length > 0 ? refusal.facts : [{ fact: 'refused', code: refusal.code }];
  return { request, kind: 'refused', facts, effects: [], readings: [], discrepancies: [] };
}
