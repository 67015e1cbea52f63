import type { SignedBox, SignedInbox } from '../../src/usecases/ports';

type Saving<S, M> = Parameters<SignedBox<S, M>['save']>[0];

/** Where signed messages arrive, in memory: compare-and-set as in real storage, and everything that was written down. */
export class MemoryBox<S, M = undefined> implements SignedBox<S, M> {
  readonly facts: Array<NonNullable<Saving<S, M>['facts']>[number]> = [];
  private rev = 0;
  private readonly nonces = new Map<string, string>();

  constructor(
    private readonly connector: NonNullable<SignedInbox<S>['connector']>,
    private readonly shared: string,
    protected state: S,
  ) {}

  secret(connectorId: string): Promise<string | undefined> {
    return Promise.resolve(connectorId === this.connector.id ? this.shared : undefined);
  }

  inbox(connectorId: string, nonce: string): Promise<SignedInbox<S>> {
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

  save({ inbox, state, nonce, facts, more }: Saving<S, M>): Promise<boolean> {
    if (inbox.rev !== this.rev) return Promise.resolve(false);
    this.rev += 1;
    this.state = state;
    if (nonce) this.nonces.set(nonce.value, nonce.expiresAt);
    this.facts.push(...(facts ?? []));
    if (more !== undefined) this.keep(more);
    return Promise.resolve(true);
  }

  /** What comes with a message besides the state. */
  protected keep(_more: M): void {
    throw new Error('nothing is kept here');
  }
}
