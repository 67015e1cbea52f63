/** How long a pause is while the relay is in the middle of something, in real milliseconds. */
const busyMs = 20;

/**
 * Time in which nobody really waits. When the app pauses for a relay, the relay has its turn: it sends one message, reads
 * what it is asked and answers, and then waits for its next turn. The app's stopwatch goes on by what it has paused.
 */
class RelayTime {
  private waited = 0;
  private relays = 0;
  private readonly parked = new Set<() => void>();
  private readonly watching = new Set<() => void>();

  /** Stands for the platform's pause. */
  readonly pause = async (ms: number): Promise<void> => {
    this.waited += ms;
    if (this.relays > this.parked.size) {
      // Its own message is what pauses, or it is just reading.
      await new Promise((resolve) => setTimeout(resolve, busyMs));
      return;
    }
    await this.turn();
  };

  /** Stands for the platform's stopwatch. */
  readonly startStopwatch = (): (() => number) => {
    const from = this.waited;
    return () => this.waited - from;
  };

  /** Runs a relay that takes its turns, with what it does for its pauses; the answer stops it and resolves when it has stopped. */
  start(run: (stopped: () => boolean, pause: () => Promise<void>) => Promise<void>): () => Promise<void> {
    let stopped = false;
    const park = (): Promise<void> =>
      new Promise((resolve) => {
        if (stopped) return resolve();
        this.parked.add(resolve);
        for (const seen of this.watching) seen();
      });
    this.relays += 1;
    const done = run(() => stopped, park).finally(() => {
      this.relays -= 1;
      for (const seen of this.watching) seen();
    });
    return async () => {
      stopped = true;
      this.letGo();
      await done;
    };
  }

  /** Every relay has a turn, as if it had been polling all the time. */
  async turn(): Promise<void> {
    this.letGo();
    await this.quiet();
  }

  private letGo(): void {
    const before = [...this.parked];
    this.parked.clear();
    for (const resolve of before) resolve();
  }

  /** Until every relay waits for its next turn, or is gone. */
  private quiet(): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.relays > this.parked.size) return;
        this.watching.delete(look);
        resolve();
      };
      this.watching.add(look);
      look();
    });
  }
}

export const relayTime = new RelayTime();

/** The app, waiting in this time. Loaded late: the sandbox comes first. */
export async function appInRelayTime(): Promise<Record<string, unknown>> {
  const { createFunctions } = await import('../../src/app');
  return createFunctions(relayTime);
}
