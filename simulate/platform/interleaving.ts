import type { Chance } from '../chance';

/** A strand of work that stops before each of its calls until it is its turn. */
export class Strand {
  private go: (() => void) | undefined;
  private stopped: (() => void) | undefined;
  ended = false;
  /** It waits for a target that takes its time. */
  slow = false;

  constructor(private readonly slowTargets = false) {}

  /** Called by the work itself: waits for its next turn. */
  turn(onTarget = false): Promise<void> {
    this.slow = onTarget && this.slowTargets;
    return new Promise((resolve) => {
      this.go = resolve;
      this.stopped?.();
    });
  }

  /** Lets the work run to its next call, or to its end. */
  step(): Promise<void> {
    const parked = new Promise<void>((resolve) => (this.stopped = resolve));
    const { go } = this;
    this.go = undefined;
    go?.();
    return parked;
  }

  start(work: (strand: Strand) => Promise<unknown>): void {
    const end = () => {
      this.ended = true;
      this.stopped?.();
    };
    void this.turn()
      .then(() => work(this))
      .then(end, end);
  }
}

/**
 * Runs several pieces of work at once: which goes on at each call is decided by chance alone, so it can be repeated.
 * `slowTargets`: targets answer all but the first only when nobody else has anything to do.
 */
export async function interleave(
  works: ReadonlyArray<(strand: Strand) => Promise<unknown>>,
  chance: Chance,
  slowTargets = false,
): Promise<void> {
  const strands = works.map((work, index) => {
    const strand = new Strand(slowTargets && index > 0);
    strand.start(work);
    return strand;
  });
  for (;;) {
    const alive = strands.filter((strand) => !strand.ended);
    if (alive.length === 0) return;
    const quick = alive.filter((strand) => !strand.slow);
    await chance.pick(quick.length > 0 ? quick : alive).step();
  }
}
