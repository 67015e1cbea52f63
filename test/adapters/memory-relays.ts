import { noRelay, type RelayState } from '../../src/domain/relay/relay-state';
import type { RelayAnswer, Relays, SignedInbox } from '../../src/usecases/ports';
import { MemoryBox } from './memory-box';

/** Storage of relays in memory. */
export class MemoryRelays extends MemoryBox<RelayState, readonly RelayAnswer[]> implements Relays {
  private readonly answers = new Map<string, RelayAnswer>();

  constructor(connector: NonNullable<SignedInbox<RelayState>['connector']>, secret: string) {
    super(connector, secret, noRelay);
  }

  answer(_connectorId: string, question: string): Promise<RelayAnswer | undefined> {
    return Promise.resolve(this.answers.get(question));
  }

  /** As after the seconds for which an answer serves. */
  forget(): void {
    this.answers.clear();
  }

  protected override keep(answers: readonly RelayAnswer[]): void {
    for (const answer of answers) this.answers.set(answer.question, answer);
  }
}
