import { randomUUID } from 'node:crypto';
import type { Ids } from '../../usecases/ports';

/** Random ids with 122 bits of randomness. */
export const randomIds: Ids = { next: () => randomUUID() };
