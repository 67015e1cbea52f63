import type { Target } from '../../src/usecases/ports';

/** The same target; every result is also handed on as text. */
export function heardTarget(target: Target, hear: (text: string) => void): Target {
  return new Proxy(target, {
    get: (of, name: keyof Target) => {
      const member = of[name] as ((...given: never[]) => Promise<unknown>) | undefined;
      if (member === undefined) return undefined;
      return async (...given: never[]) => {
        const result: unknown = await member.apply(of, given);
        hear(JSON.stringify(result));
        return result;
      };
    },
  });
}
