import type { Json } from '../../../domain/canonical';
import type { ReadFailure } from '../../../domain/verification/judge';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, rowsOf, textIn, type Fields } from '../http/json-fields';
import { everyPage, type ListPage, type ListRows } from '../http/paged-list';
import type { SignedHttp } from '../http/signed-http';

type Input = { readonly [name: string]: Json };

const targets = { store: 'AWSIdentityStore', admin: 'SWBExternalService' } as const;
type Service = keyof typeof targets;

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
    const error = fieldsOf(body);
    const type = textIn(error, '__type')?.split('#').pop()?.split(':')[0] ?? '';
    if (type !== 'ResourceNotFoundException') return Object.hasOwn(refusals, type) ? refusals[type] : undefined;
    const of = textIn(error, 'ResourceType');
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
  store(operation: string, input: Input, record: AnswerRecord): Promise<Answer<Fields>> {
    return this.call('store', operation, { IdentityStoreId: this.storeId, ...input }, record, true);
  }

  /** Asks about permission sets and assignments. */
  admin(operation: string, input: Input, record: AnswerRecord): Promise<Answer<Fields>> {
    return this.call('admin', operation, { InstanceArn: this.instanceArn, ...input }, record, true);
  }

  /** Changes something. Sent once, whatever comes back. */
  change(service: Service, operation: string, input: Input, record: AnswerRecord): Promise<Answer<Fields>> {
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
  ): Promise<Answer<ListPage>> {
    const list = await this[service](
      operation,
      { ...input, ...(token === undefined ? {} : { NextToken: token }) },
      record,
    );
    if (!list.ok) return list;
    const rows = rowsOf(list.value[name]);
    const next = list.value['NextToken'];
    if (!rows || (next !== undefined && next !== null && typeof next !== 'string')) return failed('malformed');
    return answered({ rows, ...(typeof next === 'string' && next !== '' ? { next } : {}) });
  }

  /** A list page after page, until it ends, `enough` rows are there or reading fails. */
  list(
    service: Service,
    operation: string,
    name: string,
    input: Input,
    record: AnswerRecord,
    enough?: number,
  ): Promise<Answer<ListRows>> {
    return everyPage((token) => this.page(service, operation, name, input, record, token), enough);
  }

  private async call(
    service: Service,
    operation: string,
    input: Input,
    record: AnswerRecord,
    reads: boolean,
  ): Promise<Answer<Fields>> {
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
    const row = fieldsOf(answer.value);
    return row ? answered(row) : failed('malformed');
  }
}
