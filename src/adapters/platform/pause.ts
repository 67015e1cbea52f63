import type { Pause } from '../../usecases/ports';

/** Real time of the runtime: an invocation that waits is paid for, so callers bound how long. */
export const realPause: Pause = {
  pause: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms);
    }),
};
