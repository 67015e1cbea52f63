import type { Installation } from '../platform/installation';
import type { Written } from '../platform/rows';
import type { SiteScript } from '../script';
import type { GateSeen, WrittenByApp } from '../truth/witness';

/** What checkers may know of the history besides the installation. */
export interface Circumstances {
  readonly site: SiteScript;
  /** The true time. */
  readonly now: number;
  /** The app's clock was wrong at some time. */
  readonly clockWasOff: boolean;
  /** Sweeps were silent for so long that the look for lost events does not reach back to its beginning. */
  readonly silentTooLong: boolean;
  /** Other installations that share the process. */
  readonly others: readonly Installation[];
}

/**
 * One invariant. Each check answers a sentence that says what is broken, or undefined. Checks look at what was seen from
 * outside (desk, target, storage as written) and never at the app's own conclusions.
 */
export interface Checker {
  /** Name of the invariant. */
  readonly name: string;
  onGate?(gate: GateSeen, installation: Installation, around: Circumstances): string | undefined;
  onWrite?(
    written: readonly Written[],
    installation: Installation,
    call: { readonly path: string; readonly body: string },
    around: Circumstances,
  ): string | undefined;
  /** When the app has changed a target: at that very moment. */
  onApply?(written: WrittenByApp, installation: Installation, around: Circumstances): string | undefined;
  /** After the script, with faults gone and sweeps run. */
  atEnd?(installation: Installation, around: Circumstances): string | undefined;
}

/** A broken invariant. */
export interface Violation {
  readonly invariant: string;
  readonly sentence: string;
}
