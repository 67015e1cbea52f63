/** Runs functions in this process: fast, debuggable, and as unforgiving about crashes as a killed process would be. */
import { type Door, InvocationKilled } from '../platform-call';
import { installForgeGlobals, runAs } from './forge-globals';
import { errorOutcome, type FunctionWork, type Invoker, type Outcome, timeoutOutcome } from './invoker';
import { buildRuntime } from './runtime';

export type AppModule = Record<string, unknown>;

// On import, because whoever imports the sandbox may import the app in the next line.
installForgeGlobals();

export function inProcessInvoker(load: () => AppModule | Promise<AppModule>): Invoker {
  let app: Promise<AppModule> | undefined;

  const run = async (work: FunctionWork, door: Door): Promise<Outcome> => {
    app ??= Promise.resolve(load());
    const exported = (await app)[work.handler.split('.').pop() ?? ''];
    if (typeof exported !== 'function')
      return { kind: 'error', name: 'Error', message: `The app exports no function ${work.handler}` };

    return new Promise<Outcome>((resolve) => {
      let ended = false;
      const end = (outcome: Outcome) => {
        if (ended) return;
        ended = true;
        clearTimeout(limit);
        resolve(outcome);
      };
      const limit = setTimeout(() => end(timeoutOutcome(work.timeLimitMs)), work.timeLimitMs);
      // After the end, be it a crash, a time-out or a promise nobody awaited, nothing of this invocation has effect.
      const guarded: Door = async (call, signal) => {
        if (ended) throw new Error('This invocation has ended');
        try {
          return await door(call, signal);
        } catch (error) {
          if (error instanceof InvocationKilled) end({ kind: 'crashed', message: error.message });
          throw error;
        }
      };
      const self = { runtime: buildRuntime(work.meta, work.timeLimitMs), door: guarded, now: work.time.now };
      void runAs(self, async () => {
        const value: unknown = await exported(throughJson(work.payload), throughJson(work.context));
        return throughJson(value);
      }).then(
        (value) => end(value === undefined ? { kind: 'ok' } : { kind: 'ok', value }),
        (error: unknown) => end(errorOutcome(error)),
      );
    });
  };

  return { run, close: async () => undefined };
}

/** What crosses the border of a function is JSON, on Forge as here. */
const throughJson = (value: unknown): unknown =>
  value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
