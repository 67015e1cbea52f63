import { useCallback, useRef, useState } from 'react';
import type { CallError } from '../bridge';
import { asCallError } from './use-loaded';

export interface Command {
  /** The name of what runs now. */
  readonly busy: string | undefined;
  readonly failed: { readonly error: CallError; readonly at: number } | undefined;
  /** Said to everybody once it is done, by screen readers too. */
  readonly told: string | undefined;
  readonly run: (name: string, act: () => Promise<string | undefined>) => Promise<CallError | undefined>;
  readonly clear: () => void;
}

/** Runs one command at a time and keeps how it ended. */
export function useCommand(): Command {
  const [busy, setBusy] = useState<string>();
  const [failed, setFailed] = useState<Command['failed']>();
  const [told, setTold] = useState<string>();
  const running = useRef(false);

  const run = useCallback(async (name: string, act: () => Promise<string | undefined>) => {
    if (running.current) return undefined;
    running.current = true;
    setBusy(name);
    setFailed(undefined);
    setTold(undefined);
    try {
      setTold(await act());
      return undefined;
    } catch (thrown) {
      const error = asCallError(thrown);
      setFailed({ error, at: Date.now() });
      return error;
    } finally {
      running.current = false;
      setBusy(undefined);
    }
  }, []);

  const clear = useCallback(() => {
    setFailed(undefined);
    setTold(undefined);
  }, []);

  return { busy, failed, told, run, clear };
}
