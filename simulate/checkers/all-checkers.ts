import { oneEntryPerChange } from './a1-one-entry-per-change';
import { unbroken } from './a2-chains';
import { cancelled } from './c1-cancel';
import type { Checker } from './checker';
import { evidence } from './g1-evidence';
import { failsClosed } from './g2-fails-closed';
import { approval } from './g3-approval';
import { effects } from './l3-effects';
import { ungated } from './l5-ungated';
import { apart } from './n1-apart';
import { removal } from './r1-removal';
import { secrets } from './s1-secrets';
import { neverEarly } from './t1-never-early';
import { once } from './t2-once';
import { ends } from './x1-nothing-after-its-end';

/** Every invariant that is checked in every history. A3 and I1 need the app to act and stand in history/. */
export const checkers: readonly Checker[] = [
  failsClosed,
  evidence,
  removal,
  cancelled,
  approval,
  ends,
  oneEntryPerChange,
  neverEarly,
  apart,
  secrets,
  once,
  unbroken,
  effects,
  ungated,
];
