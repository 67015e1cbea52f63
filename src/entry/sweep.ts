import type { Ports } from '../usecases/ports';
import { runSweep } from '../usecases/run-sweep';

/** `timeoutSeconds` of the function in manifest.yml. */
const timeoutMs = 300_000;

/** The scheduled trigger: one bounded sweep. Errors are not retried by Forge; the next run finds what is left. */
export function createSweep(ports: () => Ports, elapsedMs: () => () => number) {
  return async (): Promise<{ statusCode: number }> => {
    const opened = ports();
    const elapsed = elapsedMs();
    try {
      const done = await runSweep(opened, () => timeoutMs - elapsed());
      if (done.effects + done.requests > 0) opened.log.note('sweep', { ...done });
    } catch (error) {
      opened.log.note('sweep-failed', { error: error instanceof Error ? error.name : 'unknown' });
    }
    return { statusCode: 204 };
  };
}
