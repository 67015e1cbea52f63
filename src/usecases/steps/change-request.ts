import type { AccessRequest } from '../../domain/request/access-request';
import { commitOf } from '../../domain/request/lifecycle/commit';
import { Refusal, type Actor, type Context, type Outcome } from '../../domain/request/lifecycle/outcome';
import { Unavailable, type Ports } from '../ports';

/** A command: from the request as it is stored now to what it becomes; undefined when there is nothing to change. */
export type Command = (request: AccessRequest | undefined, context: Context) => Outcome | undefined;

const attempts = 6;

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
): Promise<AccessRequest | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const request = await ports.requests.get(issueId);
    const { result, refusal, context, people } = await decide(ports, request, actor, command);
    if (!result) {
      if (refusal) throw refusal;
      return request;
    }
    const commit = commitOf({ ...result, request: { ...result.request, people } }, context);
    if (await ports.requests.commit(commit)) {
      if (commit.outbox) await ports.jobs.deliver(issueId, commit.outbox.rev);
      if (refusal) throw refusal;
      return commit.request;
    }
  }
  // Losing the race this often means the record changes faster than it can be decided on.
  throw new Unavailable('storage');
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
