import type { Chance } from '../chance';

/** A strand of work that stops before each of its calls until it is its turn. */
export class Strand {
  private go: (() => void) | undefined;
  private stopped: (() => void) | undefined;
  ended = false;

  /** Called by the work itself: waits for its next turn. */
  turn(): Promise<void> {
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

/** Runs several pieces of work at once: which goes on at each call is decided by chance alone, so it can be repeated. */
export async function interleave(
  works: ReadonlyArray<(strand: Strand) => Promise<unknown>>,
  chance: Chance,
): Promise<void> {
  const strands = works.map((work) => {
    const strand = new Strand();
    strand.start(work);
    return strand;
  });
  for (;;) {
    const alive = strands.filter((strand) => !strand.ended);
    if (alive.length === 0) return;
    await chance.pick(alive).step();
  }
}
