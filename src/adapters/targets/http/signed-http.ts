import type { Json } from '../../../domain/canonical';
import { failed, type Answer } from './answer';
import type { AnswerRecord } from './answer-record';
import type { BudgetedHttp, Exchange, HttpRequest } from './budgeted-http';
import { requestUrl } from './request-url';
import type { SignIn } from './sign-in/sign-in';
import { claimsOf, type TokenClaims } from './sign-in/token-claims';

export interface SignedRequest {
  /** Absent: GET. */
  readonly method?: HttpRequest['method'];
  /** Path segments under the base, each encoded as a whole. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: Json;
  /** Absent: `application/json`. */
  readonly contentType?: string;
  /** Absent: JSON after GET, nothing after everything else. */
  readonly expects?: HttpRequest['expects'];
  readonly reads?: boolean;
  readonly maxBytes?: number;
  readonly refusal?: HttpRequest['refusal'];
}

/** Requests under one canonical base URL, each of them signed in. Failures are answers, like those of `BudgetedHttp`. */
export class SignedHttp {
  constructor(
    private readonly baseUrl: string,
    private readonly http: BudgetedHttp,
    private readonly signIn: SignIn,
    private readonly accept = 'application/json',
  ) {}

  /** The JSON of a success. */
  async ask(request: SignedRequest, record: AnswerRecord): Promise<Answer<Json>> {
    const answer = await this.exchange(request, record);
    return answer.ok ? { ok: true, value: answer.value.json } : answer;
  }

  /** A success with its status and headers. `bad-request` when an identifier cannot stand in a path. */
  async exchange(request: SignedRequest, record: AnswerRecord): Promise<Answer<Exchange>> {
    const url = requestUrl(this.baseUrl, request.path, request.query);
    return url === undefined ? failed('bad-request') : this.send(url, request, record);
  }

  /**
   * Reads on at an address that the target itself gave for its next page. Only under the same base: anything else would
   * carry the secret to where the target says.
   */
  async follow(
    url: string,
    record: AnswerRecord,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<Exchange>> {
    let next: URL;
    try {
      next = new URL(url);
    } catch {
      return failed('malformed');
    }
    const base = new URL(this.baseUrl);
    const under = next.pathname.startsWith(base.pathname === '/' ? '/' : `${base.pathname}/`);
    if (next.origin !== base.origin || !under || next.username !== '' || next.password !== '')
      return failed('redirected');
    return this.send(next.href, { path: [], ...(headers ? { headers } : {}) }, record);
  }

  /**
   * What the token that signs in says about itself, or what the target said of it when it gave it. Nobody has checked
   * that: it tells an admin what was granted, and proves nothing. Undefined when it is no JWT and nothing was said.
   */
  async claims(record: AnswerRecord): Promise<Answer<TokenClaims | undefined>> {
    const signed = await this.signIn(record, { method: 'GET', url: this.baseUrl, headers: {} });
    if (!signed.ok) return signed;
    return { ok: true, value: this.signIn.told?.() ?? claimsOf(signed.value['authorization'] ?? '') };
  }

  private async send(url: string, request: SignedRequest, record: AnswerRecord): Promise<Answer<Exchange>> {
    const method = request.method ?? 'GET';
    const body = request.json === undefined ? undefined : JSON.stringify(request.json);
    const headers = {
      accept: this.accept,
      ...(body === undefined ? {} : { 'content-type': request.contentType ?? 'application/json' }),
      ...request.headers,
    };
    const signed = await this.signIn(record, { method, url, headers, ...(body === undefined ? {} : { body }) });
    // That there is nobody to sign in with says nothing about what was to be asked for.
    if (!signed.ok) return signed.failure === 'not-found' ? failed('bad-request') : signed;
    return this.http.exchange(
      {
        method,
        url,
        headers: { ...headers, ...signed.value },
        ...(body === undefined ? {} : { body }),
        expects: request.expects ?? (method === 'GET' ? 'json' : 'nothing'),
        ...(request.reads === undefined ? {} : { reads: request.reads }),
        ...(request.maxBytes === undefined ? {} : { maxBytes: request.maxBytes }),
        ...(request.refusal === undefined ? {} : { refusal: request.refusal }),
      },
      record,
    );
  }
}
