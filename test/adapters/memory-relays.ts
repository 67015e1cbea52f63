import { noRelay, type RelayState } from '../../src/domain/relay/relay-state';
import type { RelayAnswer, Relays, SignedInbox } from '../../src/usecases/ports';

type Saving = Parameters<Relays['save']>[0];

/** Storage of relays in memory: compare-and-set as in the real one, and everything that was written down. */
export class MemoryRelays implements Relays {
  readonly facts: Array<NonNullable<Saving['facts']>[number]> = [];
  private state: RelayState = noRelay;
  private rev = 0;
  private readonly nonces = new Map<string, string>();
  private readonly answers = new Map<string, RelayAnswer>();

  constructor(
    private readonly connector: NonNullable<SignedInbox<RelayState>['connector']>,
    private readonly shared: string,
  ) {}

  secret(connectorId: string): Promise<string | undefined> {
    return Promise.resolve(connectorId === this.connector.id ? this.shared : undefined);
  }

  inbox(connectorId: string, nonce: string): Promise<SignedInbox<RelayState>> {
    const expiresAt = this.nonces.get(nonce);
    return Promise.resolve({
      connectorId,
      ...(connectorId === this.connector.id ? { connector: this.connector } : {}),
      ...(expiresAt === undefined ? {} : { nonce: { rev: 1, expiresAt } }),
      rev: this.rev,
      state: this.state,
      chain: { seq: 0, head: '' },
    });
  }

  save({ inbox, state, nonce, facts, more }: Saving): Promise<boolean> {
    if (inbox.rev !== this.rev) return Promise.resolve(false);
    this.rev += 1;
    this.state = state;
    if (nonce) this.nonces.set(nonce.value, nonce.expiresAt);
    this.facts.push(...(facts ?? []));
    for (const answer of more ?? []) this.answers.set(answer.question, answer);
    return Promise.resolve(true);
  }

  answer(_connectorId: string, question: string): Promise<RelayAnswer | undefined> {
    return Promise.resolve(this.answers.get(question));
  }

  /** As after the seconds for which an answer serves. */
  forget(): void {
    this.answers.clear();
  }
}
