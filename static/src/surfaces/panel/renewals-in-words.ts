import { en, fill } from '../../texts/en';

/** How often an exception was prolonged. */
export function renewalsInWords(times: number): string {
  const words = en.exception;
  return times === 0 ? words.renewedNever : times === 1 ? words.renewedOnce : fill(words.renewedTimes, { n: times });
}
