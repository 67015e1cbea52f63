import type { Target } from '../../src/usecases/ports';

/** The same target; every result is also written down. */
export function heard(target: Target, hear: (text: string) => void): Target {
  return new Proxy(target, {
    get: (of, name: keyof Target) => {
      if (of[name] === undefined) return undefined;
      return async (...given: never[]) => {
        const result: unknown = await (of[name] as (...given: never[]) => Promise<unknown>).call(of, ...given);
        hear(JSON.stringify(result));
        return result;
      };
    },
  });
}
