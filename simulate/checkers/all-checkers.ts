import { oneEntryPerChange } from './a1-one-entry-per-change';
import { unbroken } from './a2-chains';
import { digests } from './a2-digests';
import { cancelled } from './c1-cancel';
import type { Checker } from './checker';
import { evidence } from './g1-evidence';
import { failsClosed } from './g2-fails-closed';
import { decline } from './g3-decline';
import { approval } from './g3-approval';
import { escalations } from './l1-escalations';
import { removals } from './l2-removals';
import { effects } from './l3-effects';
import { ungated } from './l5-ungated';
import { apart } from './n1-apart';
import { removal } from './r1-removal';
import { secrets } from './s1-secrets';
import { neverEarly } from './t1-never-early';
import { steps } from './t1-steps';
import { once } from './t2-once';
import { directWrites } from './w1-direct-writes';
import { exceptionsEnd } from './x1-exceptions-end';
import { ends } from './x1-nothing-after-its-end';

/** Every invariant that is checked in every history. A3 and I1 need the app to act and stand in history/. */
export const checkers: readonly Checker[] = [
  failsClosed,
  evidence,
  removal,
  cancelled,
  approval,
  decline,
  directWrites,
  ends,
  oneEntryPerChange,
  neverEarly,
  apart,
  secrets,
  once,
  unbroken,
  digests,
  ...steps,
  exceptionsEnd,
  escalations,
  removals,
  effects,
  ungated,
];
