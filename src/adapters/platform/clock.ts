import type { Clock } from '../../usecases/ports';

/** The clock of the runtime: the only place that asks for the time. */
export const systemClock: Clock = { now: () => new Date().toISOString() };
