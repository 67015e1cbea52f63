import { decideBreaker as decide, type BreakerKind } from '../domain/breaker';
import { Unavailable, type Ports } from './ports';

const attempts = 6;

/** A person lets what a circuit breaker holds go on, or drops it. Nothing happens when nothing is held. */
export async function decideBreaker(
  ports: Pick<Ports, 'breakers' | 'people' | 'clock'>,
  asked: { readonly breaker: BreakerKind; readonly decision: 'go-on' | 'drop'; readonly accountId: string },
): Promise<void> {
  const { [asked.accountId]: actor = 'unknown' } = await ports.people.refs([asked.accountId], {});
  for (let attempt = 0; attempt < attempts; attempt++) {
    const stored = await ports.breakers.get(asked.breaker);
    if (!stored || stored.state.trippedAt === undefined) return;
    const now = ports.clock.now();
    const state = decide(stored.state, asked.decision, actor, now);
    const fact = {
      fact: 'breaker-decided',
      breaker: asked.breaker,
      decision: asked.decision,
      trippedAt: stored.state.trippedAt,
    };
    if (await ports.breakers.save(state, stored.rev, { at: now, actor, facts: [fact] })) return;
  }
  throw new Unavailable('storage');
}
