/**
 * Lets due things happen. At wall speed a driver starts them as they fall due, several at a time; `settle` and
 * `advance` run them one by one, in order, so that a run with a seed can be repeated.
 *
 * An entry leaves the agenda only when its handler is done with it: after a SIGKILL in the middle it is run again.
 */
import type { Store } from '../../contracts';
import type { Agenda, Due } from './agenda';
import type { SandboxClock } from './clock';
import { addDuration } from './duration';

/** What becomes of an entry after its run: gone, or back in the agenda. */
export type Aftermath = { again: { at: number; data: unknown } } | undefined;

export interface DueHandler {
  /** False keeps an entry waiting although it is due. */
  ready?(due: Due): boolean;
  /** Does the work; answers what to write when it is over. `finish` runs in the transaction that ends the entry. */
  run(due: Due): Promise<{ aftermath?: Aftermath; finish?: () => void }>;
}

export interface Dispatcher {
  handle(kind: string, handler: DueHandler): void;
  /** Starts to run due things at wall speed. */
  start(): void;
  /** Runs what is due now of these kinds and everything that it causes now. */
  settle(kinds: readonly string[]): Promise<void>;
  /** Moves time on; what falls due happens on the way. Answers when all is quiet at the end. */
  advance(duration: string): Promise<void>;
  /** Stops and waits for what runs. */
  stop(): Promise<void>;
}

const AT_ONCE = 4;
const LONGEST_NAP_MS = 1000;
const SECOND_TRY_AFTER_MS = 30_000;
/** More steps than this at one instant is an app that feeds itself. */
const MOST_STEPS = 20_000;

export function createDispatcher(store: Store, agenda: Agenda, clock: SandboxClock): Dispatcher {
  const handlers = new Map<string, DueHandler>();
  const running = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let driving = false;
  /** While someone advances, the driver starts nothing. */
  let held = 0;
  let turn: Promise<unknown> = Promise.resolve();

  const execute = (due: Due): Promise<void> => {
    const work = (async () => {
      const handler = handlers.get(due.kind);
      if (!handler) throw new Error(`nobody handles ${due.kind}`);
      const { aftermath, finish } = await handler.run(due);
      store.transaction(() => {
        agenda.remove(due.id);
        if (aftermath) agenda.add(aftermath.again.at, due.kind, aftermath.again.data);
        finish?.();
      });
    })()
      .catch((error: unknown) => {
        // The sandbox's own mistake: keep the entry, but do not spin on it.
        store.transaction(() => {
          if (agenda.remove(due.id)) agenda.add(clock.now() + SECOND_TRY_AFTER_MS, due.kind, due.data);
        });
        throw error;
      })
      .finally(() => running.delete(due.id));
    running.set(due.id, work);
    return work;
  };

  const nextDue = (kinds?: readonly string[]): Due | undefined => {
    for (const due of agenda.due(clock.now())) {
      if (running.has(due.id) || (kinds && !kinds.includes(due.kind))) continue;
      if (handlers.get(due.kind)?.ready?.(due) ?? true) return due;
    }
    return undefined;
  };

  const drain = async (kinds?: readonly string[]): Promise<void> => {
    for (let steps = 0; ; steps++) {
      if (steps > MOST_STEPS) throw new Error('the app keeps giving itself work: not quiet after 20,000 steps');
      const due = nextDue(kinds);
      if (due) await execute(due);
      else if (running.size > 0) await Promise.race(running.values());
      else return;
    }
  };

  const tick = (): void => {
    timer = undefined;
    if (!driving) return;
    while (held === 0 && running.size < AT_ONCE) {
      const due = nextDue();
      if (!due) break;
      execute(due).then(wake, (error: unknown) => {
        process.stderr.write(`sandbox: ${String((error as Error).stack ?? error)}\n`);
        wake();
      });
    }
    clock.persist();
    nap();
  };
  const nap = (): void => {
    if (!driving || timer) return;
    const first = held === 0 && running.size < AT_ONCE ? agenda.first() : undefined;
    const wait = first && !running.has(first.id) ? first.at - clock.now() : LONGEST_NAP_MS;
    timer = setTimeout(tick, Math.min(LONGEST_NAP_MS, Math.max(1, wait)));
  };
  const wake = (): void => {
    if (!driving) return;
    clearTimeout(timer);
    timer = setTimeout(tick, 0);
  };
  agenda.onAdd(wake);

  /** One at a time: two callers who advance do not mix. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const mine = turn.then(work, work);
    turn = mine.catch(() => undefined);
    return mine;
  };

  return {
    handle: (kind, handler) => void handlers.set(kind, handler),
    start: () => {
      driving = true;
      wake();
    },
    settle: (kinds) => drain(kinds),
    advance: (duration) =>
      inTurn(async () => {
        const target = addDuration(clock.now(), duration);
        held++;
        try {
          await drain();
          for (;;) {
            const first = agenda.first();
            if (!first || first.at > target) break;
            clock.jumpTo(first.at);
            await drain();
          }
          clock.jumpTo(target);
          await drain();
        } finally {
          held--;
          wake();
        }
      }),
    stop: async () => {
      driving = false;
      clearTimeout(timer);
      timer = undefined;
      await Promise.allSettled(running.values());
    },
  };
}
