import type { Identity } from '../../../domain/identity/identity';
import type { Instant } from '../../../domain/instant';
import {
  isHeardOf,
  openJob,
  questionOf,
  stillServes,
  type RelayAsk,
  type RelayJob,
} from '../../../domain/relay/relay-state';
import type { Expectation, Hold, Observation, ReadFailure } from '../../../domain/verification/judge';
import type {
  ApplyResult,
  Lookup,
  Pause,
  ProbeStep,
  RelayAnswer,
  RelayResult,
  Relays,
  Target,
} from '../../../usecases/ports';
import { failed, answered, type Answer } from '../http/answer';
import { AnswerRecord } from '../http/answer-record';
import { failureAdvice } from '../reading/failure-advice';
import { observedNothing } from '../reading/observe';
import type { EntitlementList } from '../reading/target-system';

/** The part of the relays' storage that somebody who asks them needs. */
export type RelayDesk = Pick<Relays, 'inbox' | 'save' | 'answer'>;

/** Real time of an invocation, beside the clock: a clock may jump. */
export interface Waiting extends Pause {
  /** Starts a stopwatch; the answer tells the milliseconds since. */
  readonly startStopwatch: () => () => number;
}

/** How often storage is looked at for the answer. */
const lookMs = 400;
const attempts = 6;
/** No message has this nonce: those of messages are longer. */
const noNonce = '-';

/**
 * A target in a company's network that only a relay there can read. Each question becomes a job; the relay fetches it and
 * sends the answer. Nobody is asked beyond `timeMs` of real time, and a relay that is not heard of is not waited for: that
 * is `relay-silent`, and it says nothing about access. Everything seen was true when the job was handed out, or later.
 * What storage throws goes through: it is not the target's fault.
 */
export class RelayTarget implements Target {
  private elapsed: (() => number) | undefined;

  constructor(
    private readonly connectorId: string,
    private readonly parts: {
      readonly relays: RelayDesk;
      readonly now: () => Instant;
      readonly nextId: () => string;
      readonly permitted: () => Promise<Answer<undefined>>;
      readonly timeMs: number;
      readonly waiting: Waiting;
    },
  ) {}

  async identityByLogin(login: string): Promise<Lookup<Identity>> {
    return this.lookUp(login, { ask: 'login', login }, (found) => found.login.toLowerCase() === login.toLowerCase());
  }

  async identityById(id: string): Promise<Lookup<Identity>> {
    return this.lookUp(id, { ask: 'id', id }, (found) => found.id === id);
  }

  async identityByAccountId(accountId: string): Promise<Lookup<Identity>> {
    return this.lookUp(accountId, { ask: 'account-id', accountId }, (found) => found.accountId === accountId);
  }

  async observe(expectation: Expectation): Promise<Observation> {
    const at = this.parts.now();
    const nothing = (failure: ReadFailure): Observation =>
      observedNothing(expectation, failure, new AnswerRecord(), at);
    if (expectation.account.id === '') return nothing('no-account');
    const { notBefore, ...asked } = expectation;
    const answer = await this.ask({ ask: 'observe', expectation: asked }, notBefore);
    if (!answer.ok) return nothing(answer.failure);
    const { result } = answer.value;
    if ('failure' in result) return nothing(result.failure);
    if (!('observation' in result)) return nothing('malformed');
    if (notBefore !== undefined && answer.value.at < notBefore) return nothing('relay-silent');
    const seen = result.observation;
    const replaced = new Map(Object.entries(seen.replaced));
    const wanted = expectation.replaces.map(({ entitlementId }): [string, Hold] => [
      entitlementId,
      replaced.get(entitlementId) ?? 'unknown',
    ]);
    return { ...seen, at: answer.value.at, replaced: Object.fromEntries(wanted) };
  }

  /** A relay reads and never writes: whoever takes the app over changes nothing in the company's network. */
  apply(): Promise<ApplyResult> {
    return Promise.resolve({ result: 'refused', failure: 'forbidden' });
  }

  async entitlements(limit: number): Promise<EntitlementList | { readonly failure: ReadFailure }> {
    const answer = await this.ask({ ask: 'entitlements', limit: Math.min(limit, 1000) });
    if (!answer.ok) return { failure: answer.failure };
    const { result } = answer.value;
    if ('failure' in result) return result;
    if (!('entitlements' in result)) return { failure: 'malformed' };
    const { entitlements, complete } = result;
    return { entitlements: entitlements.slice(0, limit), complete: complete && entitlements.length <= limit };
  }

  /** What the relay finds when it tests its own connection. */
  async probe(): Promise<readonly ProbeStep[]> {
    const answer = await this.ask({ ask: 'probe' });
    const advise = failureAdvice('relay');
    if (!answer.ok) return [{ step: 'reach', ok: false, text: advise(answer.failure) }];
    const { result } = answer.value;
    if ('steps' in result) return result.steps;
    return [{ step: 'reach', ok: false, text: advise('failure' in result ? result.failure : 'malformed') }];
  }

  private async lookUp(key: string, ask: RelayAsk, fits: (found: Identity) => boolean): Promise<Lookup<Identity>> {
    if (key === '') return { found: 'none' };
    const answer = await this.ask(ask);
    if (!answer.ok) return { found: 'unreadable', failure: answer.failure };
    const { result } = answer.value;
    if ('failure' in result) return { found: 'unreadable', failure: result.failure };
    if (!('lookup' in result)) return { found: 'unreadable', failure: 'malformed' };
    const { lookup } = result;
    return lookup.found === 'one' && !fits(lookup.value) ? { found: 'unreadable', failure: 'malformed' } : lookup;
  }

  private async ask(ask: RelayAsk, notBefore?: Instant): Promise<Answer<RelayAnswer>> {
    const permitted = await this.parts.permitted();
    if (!permitted.ok) return permitted;
    const { relays, now, waiting, timeMs } = this.parts;
    const elapsed = (this.elapsed ??= waiting.startStopwatch());
    const question = questionOf(ask);
    const known = await relays.answer(this.connectorId, question);
    if (known && answers(known.result, ask) && stillServes(known.at, now()) && known.at >= (notBefore ?? known.at))
      return answered(known);
    const opened = await this.open(ask);
    if (!opened.ok) return opened;
    const { job, heardOf } = opened.value;
    while (heardOf && elapsed() + lookMs < timeMs) {
      await waiting.pause(lookMs);
      const answer = await relays.answer(this.connectorId, question);
      if (answer?.jobId === job.id) return answered(answer);
    }
    return failed('relay-silent');
  }

  private async open(ask: RelayAsk): Promise<Answer<{ readonly job: RelayJob; readonly heardOf: boolean }>> {
    const { relays, nextId } = this.parts;
    const ids = { id: nextId(), nonce: nextId() };
    for (let attempt = 0; attempt < attempts; attempt++) {
      const inbox = await relays.inbox(this.connectorId, noNonce);
      const now = this.parts.now();
      const heardOf = isHeardOf(inbox.state, now);
      const opened = openJob(inbox.state, ask, now, ids);
      if (!opened) return failed('rate-limited');
      const { job, state, isNew } = opened;
      if (!isNew || (await relays.save({ inbox, state, now }))) return answered({ job, heardOf });
    }
    // Others were faster each time: nothing is known, and the next reading asks again.
    return failed('relay-silent');
  }
}

/** Whether a result is of the sort that was asked for; a failure is good for the one job that failed only. */
function answers(result: RelayResult, { ask }: RelayAsk): boolean {
  if (ask === 'observe') return 'observation' in result && result.observation.hold !== 'unknown';
  if (ask === 'entitlements') return 'entitlements' in result;
  return ask !== 'probe' && 'lookup' in result && result.lookup.found !== 'unreadable';
}
