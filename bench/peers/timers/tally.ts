/** What a script led to: which steps never took effect, which more than once, which too soon or too late. */

/** A step that must take effect. Instants are milliseconds since 1970. */
export interface Expected {
  readonly request: string;
  readonly step: string;
  readonly dueAt: number;
}

/** An effect that stands in the sink. */
export interface Made {
  readonly request: string;
  readonly step: string;
  readonly at: number;
}

export interface Tally {
  readonly expected: number;
  readonly lost: number;
  /** Effects beyond the first of their step. */
  readonly duplicated: number;
  readonly early: number;
  /** First effects later than one interval of the system itself. */
  readonly late: number;
  /** In intervals of the system itself, of first effects. */
  readonly longestDelay: number;
  /** From the last kill, or the last due instant if that is later, to the last first effect, in intervals. */
  readonly drained: number;
}

/** Counts. Throws on an effect that nobody asked for: then the harness itself is wrong. */
export function tally(
  expected: readonly Expected[],
  made: readonly Made[],
  lastKillAt: number,
  intervalMs: number,
): Tally {
  const effects = new Map<string, number[]>(expected.map((step) => [keyOf(step), []]));
  for (const effect of made) {
    const instants = effects.get(keyOf(effect));
    if (!instants) throw new Error(`nobody asked for ${keyOf(effect)}`);
    instants.push(effect.at);
  }
  const first = expected.flatMap(({ dueAt, ...step }) => {
    const instants = effects.get(keyOf(step)) ?? [];
    return instants.length === 0 ? [] : [{ at: Math.min(...instants), dueAt }];
  });
  const delays = first.map(({ at, dueAt }) => (at - dueAt) / intervalMs);
  const quietFrom = Math.max(lastKillAt, ...expected.map(({ dueAt }) => dueAt));
  return {
    expected: expected.length,
    lost: expected.length - first.length,
    duplicated: made.length - first.length,
    early: first.filter(({ at, dueAt }) => at < dueAt).length,
    late: delays.filter((delay) => delay > 1).length,
    longestDelay: rounded(Math.max(0, ...delays)),
    drained: rounded(Math.max(0, ...first.map(({ at }) => (at - quietFrom) / intervalMs))),
  };
}

const keyOf = ({ request, step }: { request: string; step: string }) => `${request} ${step}`;
const rounded = (value: number) => Math.round(value * 10) / 10;
