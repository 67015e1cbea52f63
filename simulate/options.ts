import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

export interface Options {
  readonly histories: number;
  readonly seed: number;
  readonly workers: number;
  readonly trace: boolean;
  readonly exhaustive: boolean;
  readonly only: string | undefined;
}

/** Reads the command line. Throws with a sentence when it makes no sense. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      histories: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string', default: String(availableParallelism()) },
      trace: { type: 'boolean', default: false },
      exhaustive: { type: 'boolean', default: false },
      only: { type: 'string' },
    },
  });
  const whole = (name: 'histories' | 'seed' | 'workers', least: number): number => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < least) throw new Error(`--${name} must be a whole number from ${least}`);
    return value;
  };
  return {
    histories: whole('histories', 0),
    seed: whole('seed', 0),
    workers: whole('workers', 1),
    trace: values.trace,
    exhaustive: values.exhaustive,
    only: values.only,
  };
}
