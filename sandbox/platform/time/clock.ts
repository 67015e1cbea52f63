/** The sandbox's clock: at wall speed or moved by hand, persisted, never going back. */
import type { Clock, Store } from '../../contracts';

export type ClockOptions = { kind: 'wall' } | { kind: 'manual'; start: string };

export interface SandboxClock extends Clock {
  readonly manual: boolean;
  /** Moves to a later instant; an earlier one changes nothing. */
  jumpTo(instant: number): void;
  /** Writes down how far time has come, for a start on a machine whose own clock was set back. */
  persist(): void;
}

interface ClockRow {
  /** How far the sandbox runs ahead of the machine. */
  ahead: number;
  /** The latest instant known to have been shown. */
  latest: number;
}

export function createClock(store: Store, options: ClockOptions): SandboxClock {
  const table = store.table<ClockRow>('clock');
  const stored = table.get('clock') ?? { ahead: 0, latest: 0 };
  return options.kind === 'manual' ? manualClock(options.start, stored, save) : wallClock(stored, save);

  function save(row: ClockRow): void {
    table.put('clock', row);
  }
}

function manualClock(start: string, stored: ClockRow, save: (row: ClockRow) => void): SandboxClock {
  let now = Math.max(Date.parse(start), stored.latest);
  if (Number.isNaN(now)) throw new Error(`not an instant: ${start}`);
  const persist = () => save({ ahead: 0, latest: now });
  return {
    manual: true,
    now: () => now,
    jumpTo: (instant) => {
      if (instant <= now) return;
      now = instant;
      persist();
    },
    persist,
  };
}

function wallClock(stored: ClockRow, save: (row: ClockRow) => void): SandboxClock {
  let { ahead, latest } = stored;
  const now = () => (latest = Math.max(latest, Date.now() + ahead));
  const persist = () => save({ ahead, latest: now() });
  return {
    manual: false,
    now,
    jumpTo: (instant) => {
      const step = instant - now();
      if (step <= 0) return;
      ahead = instant - Date.now();
      persist();
    },
    persist,
  };
}
