import type { Chance } from '../chance';
import type { DeskIssue } from '../desk/desk-issue';
import type { Installation } from '../platform/installation';
import type { Strand } from '../platform/interleaving';
import type { World } from '../world';

/** Where a person acts. */
export interface Scene {
  readonly world: World;
  readonly installation: Installation;
  readonly dice: Chance;
  readonly strand: Strand | undefined;
}

/** What came of it: a word for the trace, and whether it did what it was meant to. */
export interface Deed {
  readonly text: string;
  readonly ok: boolean;
}

/** Somebody who does one thing. */
export interface Actor {
  readonly name: string;
  /** How often it is chosen, against the others. */
  readonly weight: number;
  act(scene: Scene): Promise<Deed>;
}

export const did = (text: string, ok = true): Deed => ({ text, ok });
export const nothing = (why: string): Deed => ({ text: `nothing (${why})`, ok: false });

/** One of the youngest issues that fit, or undefined. */
export function someIssue(scene: Scene, fits: (issue: DeskIssue) => boolean = () => true): DeskIssue | undefined {
  const found = scene.installation.desk.list().filter(fits).slice(-3);
  return found.length === 0 ? undefined : scene.dice.pick(found);
}
