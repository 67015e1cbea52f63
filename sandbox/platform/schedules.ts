/** Scheduled triggers: fixed phase, next run in the store, missed runs skipped, failures not retried. */
import type { Store } from '../contracts';
import type { FaultBox } from './faults';
import { SITE } from './invoke/installation';
import { type Invoke, timeLimitOf } from './invoke/invocations';
import { type Manifest, modulesOfType } from './manifest';
import type { Agenda } from './time/agenda';
import type { SandboxClock } from './time/clock';
import type { DueHandler } from './time/dispatcher';

export const SCHEDULE_KIND = 'schedule';

const MINUTE = 60_000;
const INTERVALS: Record<string, number> = {
  fiveMinute: 5 * MINUTE,
  hour: 60 * MINUTE,
  day: 24 * 60 * MINUTE,
  week: 7 * 24 * 60 * MINUTE,
};
/** Forge runs a trigger for the first time about five minutes after it was deployed. */
const FIRST_RUN_AFTER = 5 * MINUTE;

interface ScheduleRow {
  interval: string;
  /** When the last run that ended well ended. */
  lastRun?: string;
}

export interface Schedules {
  handler: DueHandler;
  /** Puts every declared trigger into the agenda that is not there yet. */
  plan(): void;
  lastRun(moduleKey: string): string | undefined;
}

export function createSchedules(deps: {
  store: Store;
  manifest: Manifest;
  agenda: Agenda;
  clock: SandboxClock;
  faults: FaultBox;
  invoke: Invoke;
}): Schedules {
  const { store, manifest, agenda, clock, faults, invoke } = deps;
  const table = store.table<ScheduleRow>('schedule');

  return {
    plan: () =>
      store.transaction(() => {
        const planned = new Map(agenda.all(SCHEDULE_KIND).map((due) => [due.data as string, due.id]));
        for (const module of modulesOfType(manifest, 'scheduledTrigger')) {
          const interval = String(module.source['interval']);
          if (INTERVALS[interval] === undefined) throw new Error(`manifest: unknown interval ${interval}`);
          const row = table.get(module.key);
          const id = planned.get(module.key);
          planned.delete(module.key);
          if (id !== undefined && row?.interval === interval) continue;
          if (id !== undefined) agenda.remove(id);
          table.put(module.key, { ...row, interval });
          agenda.add(clock.now() + FIRST_RUN_AFTER, SCHEDULE_KIND, module.key);
        }
        for (const id of planned.values()) agenda.remove(id);
      }),
    lastRun: (moduleKey) => table.get(moduleKey)?.lastRun,
    handler: {
      run: async (due) => {
        const key = due.data as string;
        const module = manifest.modules.get(key);
        const step = INTERVALS[table.get(key)?.interval ?? ''];
        if (!module?.function || step === undefined) return {};
        // The next run is planned before this one starts: a run that dies is missed, as on Forge, and never doubled.
        const missed = Math.floor((clock.now() - due.at) / step);
        store.transaction(() => {
          agenda.remove(due.id);
          agenda.add(due.at + (missed + 1) * step, SCHEDULE_KIND, key);
        });
        if (faults.silent()) return {};
        const outcome = await invoke({
          moduleType: module.type,
          moduleKey: key,
          functionKey: module.function,
          payload: { context: { cloudId: SITE.cloudId, moduleKey: key }, contextToken: 'sandbox' },
          timeLimitMs: timeLimitOf(manifest, module),
        });
        if (outcome.kind !== 'ok') return {};
        const lastRun = new Date(clock.now()).toISOString();
        return { finish: () => table.put(key, { ...(table.get(key) as ScheduleRow), lastRun }) };
      },
    },
  };
}
