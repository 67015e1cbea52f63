import type { Json } from '../../../domain/canonical';
import type { ReadFailure } from '../../../domain/verification/judge';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { SignedHttp } from '../http/signed-http';

/** A structure of AWS, by member. */
export type Row = { readonly [name: string]: Json };

export interface AwsPage {
  readonly rows: readonly Row[];
  readonly next?: string;
}

export interface Rows {
  readonly rows: readonly Row[];
  readonly complete: boolean;
  /** Why reading stopped early. */
  readonly failure?: ReadFailure;
}

type Input = { readonly [name: string]: Json };

const targets = { store: 'AWSIdentityStore', admin: 'SWBExternalService' } as const;
type Service = keyof typeof targets;

/** Undefined for anything that is no structure. */
export function rowOf(value: Json | undefined): Row | undefined {
  return value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)
    ? undefined
    : (value as Row);
}

/** The structures under `name`; undefined when it is no list of structures. */
export function rowsOf(row: Row | undefined, name: string): readonly Row[] | undefined {
  const list = row?.[name];
  if (!Array.isArray(list)) return undefined;
  const rows = (list as readonly Json[]).map(rowOf);
  return rows.every((each) => each !== undefined) ? rows : undefined;
}

/** Undefined when the member is absent, empty or no text. */
export function textOf(row: Row | undefined, name: string): string | undefined {
  const value = row?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const refusals: Readonly<Record<string, ReadFailure>> = {
  AccessDeniedException: 'forbidden',
  ExpiredTokenException: 'refused-credentials',
  IncompleteSignatureException: 'refused-credentials',
  InvalidClientTokenId: 'refused-credentials',
  InvalidSignatureException: 'refused-credentials',
  MissingAuthenticationTokenException: 'refused-credentials',
  UnrecognizedClientException: 'refused-credentials',
  ThrottlingException: 'rate-limited',
};

/**
 * AWS answers nearly every refusal with 400 and names it in `__type`. That the identity store itself is not there is a
 * wrong setting, and no word about a user or a group.
 */
function refusalOf(service: Service): (status: number, body: Json) => ReadFailure | undefined {
  return (_status, body) => {
    const error = rowOf(body);
    const type = textOf(error, '__type')?.split('#').pop()?.split(':')[0] ?? '';
    if (type !== 'ResourceNotFoundException') return Object.hasOwn(refusals, type) ? refusals[type] : undefined;
    const of = textOf(error, 'ResourceType');
    return service === 'admin' || (of !== undefined && of !== 'IDENTITY_STORE') ? 'not-found' : 'bad-request';
  };
}

/** The identity store and the assignments of IAM Identity Center: JSON 1.1 over POST, checked for form and not for truth. */
export class IdentityCenterClient {
  constructor(
    private readonly services: Readonly<Record<Service, SignedHttp>>,
    readonly storeId: string,
    readonly instanceArn: string,
  ) {}

  /** Asks the identity store. */
  store(operation: string, input: Input, record: AnswerRecord): Promise<Answer<Row>> {
    return this.call('store', operation, { IdentityStoreId: this.storeId, ...input }, record, true);
  }

  /** Asks about permission sets and assignments. */
  admin(operation: string, input: Input, record: AnswerRecord): Promise<Answer<Row>> {
    return this.call('admin', operation, { InstanceArn: this.instanceArn, ...input }, record, true);
  }

  /** Changes something. Sent once, whatever comes back. */
  change(service: Service, operation: string, input: Input, record: AnswerRecord): Promise<Answer<Row>> {
    const whole = service === 'store' ? { IdentityStoreId: this.storeId } : { InstanceArn: this.instanceArn };
    return this.call(service, operation, { ...whole, ...input }, record, false);
  }

  /** One page of a list. */
  async page(
    service: Service,
    operation: string,
    name: string,
    input: Input,
    record: AnswerRecord,
    token?: string,
  ): Promise<Answer<AwsPage>> {
    const list = await this[service](
      operation,
      { ...input, ...(token === undefined ? {} : { NextToken: token }) },
      record,
    );
    if (!list.ok) return list;
    const rows = rowsOf(list.value, name);
    const next = list.value['NextToken'];
    if (!rows || (next !== undefined && next !== null && typeof next !== 'string')) return failed('malformed');
    return answered({ rows, ...(typeof next === 'string' && next !== '' ? { next } : {}) });
  }

  /** A list page after page, until it ends, `enough` rows are there or reading fails. */
  async list(
    service: Service,
    operation: string,
    name: string,
    input: Input,
    record: AnswerRecord,
    enough = Infinity,
  ): Promise<Answer<Rows>> {
    const rows: Row[] = [];
    const seen = new Set<string>();
    let token: string | undefined;
    for (;;) {
      const page = await this.page(service, operation, name, input, record, token);
      if (!page.ok) return rows.length === 0 ? page : answered({ rows, complete: false, failure: page.failure });
      rows.push(...page.value.rows);
      token = page.value.next;
      if (token === undefined) return answered({ rows, complete: true });
      // A page that leads back to itself is a list that goes round in circles.
      if (rows.length >= enough || seen.has(token)) return answered({ rows, complete: false });
      seen.add(token);
    }
  }

  private async call(
    service: Service,
    operation: string,
    input: Input,
    record: AnswerRecord,
    reads: boolean,
  ): Promise<Answer<Row>> {
    const answer = await this.services[service].ask(
      {
        method: 'POST',
        path: [],
        headers: { 'x-amz-target': `${targets[service]}.${operation}` },
        contentType: 'application/x-amz-json-1.1',
        json: input,
        expects: 'json',
        reads,
        refusal: refusalOf(service),
      },
      record,
    );
    if (!answer.ok) return answer;
    const row = rowOf(answer.value);
    return row ? answered(row) : failed('malformed');
  }
}
