import { durationMs, epochMs, type Duration, type Instant } from '../instant';

/** Who is on call when: people who take turns, and exceptions from the turns. */
export interface Rota {
  readonly id: string;
  readonly name: string;
  /** When the first person's first turn begins. */
  readonly startsAt: Instant;
  /** How long a turn lasts. */
  readonly turn: Duration;
  /** Account ids in the order of their turns. */
  readonly people: readonly string[];
  /** Somebody stands in for a time; the last one that fits counts. */
  readonly overrides: ReadonlyArray<{ readonly from: Instant; readonly to: Instant; readonly accountId: string }>;
}

/** Who is on call at an instant; nobody before the rota begins. */
export function onCall(rota: Rota, at: Instant): string | undefined {
  const override = rota.overrides.filter((o) => o.from <= at && at < o.to).at(-1);
  if (override) return override.accountId;
  const turn = durationMs(rota.turn) ?? 0;
  if (at < rota.startsAt || turn <= 0 || rota.people.length === 0) return undefined;
  return rota.people[Math.floor((epochMs(at) - epochMs(rota.startsAt)) / turn) % rota.people.length];
}

/** Sentences about what is wrong with a rota; none when it can be saved. */
export function rotaProblems(rota: Rota): readonly string[] {
  const problems: string[] = [];
  if (rota.people.length === 0) problems.push('The rota names nobody.');
  if ((durationMs(rota.turn) ?? 0) <= 0) problems.push('A turn lasts some time, such as P7D for a week.');
  for (const { from, to } of rota.overrides) if (to <= from) problems.push('A stand-in ends after it begins.');
  return problems;
}
