import type { Json } from '../../../domain/canonical';
import type { Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { GraphClient, Part } from './graph-client';

/** What the readers of the three sorts of entitlement share: one account, its own answer, calls in one record. */
export interface AccountAsked {
  readonly client: GraphClient;
  readonly record: AnswerRecord;
  readonly accountId: string;
  /** Asks in one call, together with the account itself. */
  ask<K extends string>(
    parts: Readonly<Record<K, Part>>,
  ): Promise<Answer<{ readonly account: 'there' | 'gone'; readonly answers: Readonly<Record<K, Answer<Json>>> }>>;
}
