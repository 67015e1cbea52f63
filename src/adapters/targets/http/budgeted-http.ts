import type { Json } from '../../../domain/canonical';
import type { ReadFailure } from '../../../domain/verification/judge';
import type { Budget } from '../../../usecases/ports';
import { answered, failed, type Answer } from './answer';
import type { AnswerRecord } from './answer-record';
import { readBody } from './bounded-body';
import { failureOfAnswer, failureOfThrow, retryAfterMs } from './failure-class';
import { parseHostileJson } from './hostile-json';
import type { Transport, TransportAnswer } from './transport';

export type { Budget };

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From `requestUrl`: serialised by the URL parser, never by hand. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** `json`: a success must carry a JSON body. `nothing`: a success is enough, its body is not looked at. */
  readonly expects: 'json' | 'nothing';
  /** A POST that only reads, as some targets have it: it may be repeated like a GET. */
  readonly reads?: boolean;
  /** The longest body that is read; a longer one is `too-large`. Absent: what the budget has left. */
  readonly maxBytes?: number;
  /** The answer holds a secret: it stays out of the evidence hash. */
  readonly secretAnswer?: boolean;
  /** What a refusal's own words mean, where the status does not tell; undefined: what the status says. Only the class goes on. */
  readonly refusal?: (status: number, body: Json) => ReadFailure | undefined;
}

/** A success: its JSON (null where none was expected), its status, and its headers by name. */
export interface Exchange {
  readonly json: Json;
  readonly status: number;
  header(name: string): string | undefined;
}

type Attempt = Answer<Exchange> & { readonly waitMs?: number };

/** Bodies of refusals are read only for the evidence hash, so little of them is enough. */
const refusalBytes = 16 * 1024;
const maxRetries = 2;
const httpHeaderText = /^[\x20-\x7e]*$/;

/**
 * HTTP with one budget of time, bytes and calls over all requests that go through it; it begins with the first request.
 * Redirects are never followed. Reads that were refused for load (429, 503 with Retry-After in seconds) are repeated
 * while the budget allows; writes never. Failures are answers, and carry nothing that the other side said.
 */
export class BudgetedHttp {
  private calls = 0;
  private bytes = 0;
  private startedAt: number | undefined;

  constructor(
    private readonly budget: Budget,
    private readonly transport: Transport,
  ) {}

  /** The JSON of a success, or the class of failure. `incomplete` when the budget has no call left. */
  async ask(request: HttpRequest, record: AnswerRecord): Promise<Answer<Json>> {
    const answer = await this.exchange(request, record);
    return answer.ok ? answered(answer.value.json) : answer;
  }

  /** The same with status and headers. */
  async exchange(request: HttpRequest, record: AnswerRecord): Promise<Answer<Exchange>> {
    if (!Object.values(request.headers).every((value) => httpHeaderText.test(value))) return failed('bad-request');
    for (let retries = 0; ; retries += 1) {
      const { waitMs, ...answer } = await this.attempt(request, record);
      const reads = request.method === 'GET' || request.method === 'HEAD' || request.reads === true;
      const again = waitMs !== undefined && reads && retries < maxRetries && this.calls < this.budget.calls;
      if (!again || waitMs >= this.remainingMs()) return answer;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }

  private async attempt(request: HttpRequest, record: AnswerRecord): Promise<Attempt> {
    if (this.calls >= this.budget.calls) return failed('incomplete');
    const remaining = this.remainingMs();
    if (remaining <= 0) return failed('timeout');
    if (this.bytes >= this.budget.bytes) return failed('too-large');
    this.calls += 1;
    record.call();

    const abort = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    // Raced besides the signal: a transport that ignores signals must not outlive the budget either.
    const expired = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        abort.abort();
        reject(new Error('The time budget is used up'));
      }, remaining);
    });
    try {
      const sent = this.transport(request.url, {
        method: request.method,
        headers: { ...request.headers },
        ...(request.body === undefined ? {} : { body: request.body }),
        redirect: 'manual',
        signal: abort.signal,
      });
      const answer = await Promise.race([sent, expired]);
      return await this.read(request, answer, record, expired, abort.signal);
    } catch (thrown) {
      return failed(failureOfThrow(thrown, abort.signal.aborted));
    } finally {
      clearTimeout(timer);
    }
  }

  private async read(
    request: HttpRequest,
    answer: TransportAnswer,
    record: AnswerRecord,
    expired: Promise<never>,
    signal: AbortSignal,
  ): Promise<Attempt> {
    const failure = failureOfAnswer(answer);
    const left = Math.min(this.budget.bytes - this.bytes, request.maxBytes ?? Infinity);
    const limit = failure === undefined && request.expects === 'json' ? left : Math.min(left, refusalBytes);
    const body = await readBody(answer, limit, expired, (chunk) => {
      this.bytes += chunk.byteLength;
      record.body(chunk, request.secretAnswer === true);
    }).catch((thrown: unknown): { brokenOff: ReadFailure } => ({ brokenOff: failureOfThrow(thrown, signal.aborted) }));
    if (failure !== undefined && request.refusal && answer.status >= 400 && !('brokenOff' in body) && !body.cut) {
      const said = parseHostileJson(body.bytes);
      const own = said.ok ? request.refusal(answer.status, said.value) : undefined;
      if (own !== undefined) return failed(own);
    }
    if (failure !== undefined) {
      const waitMs = retryAfterMs(answer);
      return waitMs === undefined ? failed(failure) : { ...failed(failure), waitMs };
    }
    const success = (json: Json): Attempt =>
      answered({ json, status: answer.status, header: (name) => answer.headers.get(name) ?? undefined });
    if (request.expects === 'nothing') return success(null);
    if ('brokenOff' in body) return failed(body.brokenOff);
    if (body.cut) return failed('too-large');
    const type = answer.headers.get('content-type') ?? '';
    // Log-in pages and proxies answer 200 with html; the label is checked before the content.
    if (!/^application\/(?:(?:[a-z0-9.-]+\+)?json|x-amz-json-1\.[01])\s*(?:;|$)/i.test(type.trim()))
      return failed('not-json');
    const parsed = parseHostileJson(body.bytes);
    return parsed.ok ? success(parsed.value) : parsed;
  }

  /** Real waiting time, therefore the monotonic clock and not the app's clock, which tests and sandboxes move. */
  private remainingMs(): number {
    const now = performance.now();
    this.startedAt ??= now;
    return Math.max(0, Math.ceil(this.budget.timeMs - (now - this.startedAt)));
  }
}
