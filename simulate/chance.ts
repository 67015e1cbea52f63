import { seededRng } from '../sandbox/platform/rng';

/** Seeded choices: the same seed gives the same answers in the same order. */
export interface Chance {
  /** A whole number from 0 to n - 1. */
  int(n: number): number;
  happens(share: number): boolean;
  pick<T>(list: readonly T[]): T;
}

/** Chance that follows from a seed alone. */
export function chanceOf(seed: number): Chance {
  const rng = seededRng(seed);
  const int = (n: number) => Math.floor(rng.next() * n);
  return {
    int,
    happens: (share) => rng.next() < share,
    pick: (list) => list[int(list.length)] as (typeof list)[number],
  };
}

/** Choices that a step of a script carries with it, so that a step means the same whatever is taken away around it. */
export function diceOf(numbers: readonly number[]): Chance {
  let next = 0;
  const share = () => (numbers[next++] ?? 0) / 1000;
  const int = (n: number) => Math.floor(share() * n);
  return {
    int,
    happens: (wanted) => share() < wanted,
    pick: (list) => list[int(list.length)] as (typeof list)[number],
  };
}
