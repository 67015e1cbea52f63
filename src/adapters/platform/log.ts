import type { Log } from '../../usecases/ports';

/** Structured log lines. Values are JSON-encoded, so nothing in them can forge another line. */
export const consoleLog: Log = {
  note(event, detail = {}) {
    console.log(JSON.stringify({ event, ...detail }));
  },
};
