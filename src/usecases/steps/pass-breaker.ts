import { pass, type BreakerKind } from '../../domain/breaker';
import { Unavailable, type Ports } from '../ports';

const attempts = 6;

/** Asks a circuit breaker for leave and counts. `held`: a person has to look first; `drop`: a person decided against it. */
export async function passBreaker(
  ports: Pick<Ports, 'breakers' | 'clock'>,
  breaker: BreakerKind,
): Promise<'pass' | 'held' | 'drop'> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const stored = await ports.breakers.get(breaker);
    const { answer, memory } = pass(breaker, stored?.state, ports.clock.now());
    if (stored && memory === stored.state) return answer;
    if (await ports.breakers.save({ breaker, ...memory }, stored?.rev ?? 0)) return answer;
  }
  throw new Unavailable('storage');
}
