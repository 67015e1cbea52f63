/** One line of the bench's table. Counts come from the sandbox's ledger; time appears only as a ratio within one run. */
export interface Row {
  name: string;
  value: number;
  unit: string;
  peer?: string;
  peerValue?: number;
  ratio?: number;
  /** In words: `<= 2`. */
  goal: string;
  holds: boolean;
}

/** A row whose value must not exceed a limit. */
export function atMost(name: string, value: number, limit: number, unit: string): Row {
  return { name, value, unit, goal: `<= ${limit}`, holds: value <= limit };
}

/** The middle of several numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
