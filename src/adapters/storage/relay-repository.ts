import { noRelay, type RelayState } from '../../domain/relay/relay-state';
import type { RelayAnswer, Relays } from '../../usecases/ports';
import { getRow, type Row } from './entities';
import { workKey } from './keys';
import { createSignedInbox, type ReadingSecrets } from './signed-inbox';

type StoredAnswer = Row & { readonly data: RelayAnswer };

const answerKey = (connectorId: string, question: string): string =>
  workKey('relay-answer', `${connectorId}:${question}`);
/** A value has at most 240 KiB (developer.atlassian.com/platform/forge/limits-kvs-ce). */
const mostBytes = 200 * 1024;

/** Jobs and answers of relays, and their audit chains `relay:{connector}`, over @forge/kvs. */
export function createRelayRepository(secrets: ReadingSecrets): Relays {
  const box = createSignedInbox<RelayState, readonly RelayAnswer[]>({
    kind: 'relay',
    empty: noRelay,
    secrets,
    more: (transaction, connectorId, answers, now) => {
      // The same question twice in one message: the later answer is the one that is kept.
      for (const answer of new Map(answers.map((one) => [one.question, one])).values()) {
        const large = Buffer.byteLength(JSON.stringify(answer), 'utf8') > mostBytes;
        const data: RelayAnswer = large ? { ...answer, result: { failure: 'too-large' } } : answer;
        transaction.set<Row>(
          answerKey(connectorId, answer.question),
          { v: 1, rev: 1, kind: 'relay-answer', at: now, data },
          { entityName: 'work' },
          // Names of people do not stay longer than they are needed; a row that is gone is an answer that never came.
          { ttl: { value: 1, unit: 'DAYS' } },
        );
      }
    },
  });
  return {
    ...box,
    async answer(connectorId, question) {
      return (await getRow<StoredAnswer>('work', answerKey(connectorId, question)))?.data;
    },
  };
}
