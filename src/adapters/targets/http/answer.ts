import type { ReadFailure } from '../../../domain/verification/judge';

/** What came of asking: a value, or the class of failure. Never the other side's own words. */
export type Answer<T> = { readonly ok: true; readonly value: T } | Failed;

export interface Failed {
  readonly ok: false;
  readonly failure: ReadFailure;
}

export function failed(failure: ReadFailure): Failed {
  return { ok: false, failure };
}

export function answered<T>(value: T): Answer<T> {
  return { ok: true, value };
}
