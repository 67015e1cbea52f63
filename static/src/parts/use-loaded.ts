import { useCallback, useEffect, useRef, useState } from 'react';
import { CallError } from '../bridge';

/** What a screen shows: nothing yet, a failure, or a value that may be being refreshed. */
export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: CallError; readonly at: number }
  | {
      readonly kind: 'ready';
      readonly value: T;
      readonly at: number;
      readonly refreshing: boolean;
      readonly refreshFailed?: CallError;
    };

export interface Loading<T> {
  readonly state: Loaded<T>;
  /** Asks again. What is on the screen stays until the answer comes. */
  readonly reload: () => Promise<void>;
  /** Shows an answer that came with a command. Older loads under way are dropped. */
  readonly put: (value: T) => void;
}

/** Loads a value once and on demand. The newest answer wins, whatever order answers come in. */
export function useLoaded<T>(load: () => Promise<T>): Loading<T> {
  const [state, setState] = useState<Loaded<T>>({ kind: 'loading' });
  const turn = useRef(0);

  const put = useCallback((value: T) => {
    turn.current++;
    setState({ kind: 'ready', value, at: Date.now(), refreshing: false });
  }, []);

  const reload = useCallback(async () => {
    const mine = ++turn.current;
    setState((before) => (before.kind === 'ready' ? { ...before, refreshing: true } : { kind: 'loading' }));
    try {
      const value = await load();
      if (mine === turn.current) setState({ kind: 'ready', value, at: Date.now(), refreshing: false });
    } catch (thrown) {
      const error = asCallError(thrown);
      if (mine !== turn.current) return;
      setState((before) =>
        before.kind === 'ready' && !final.has(error.code)
          ? { ...before, refreshing: false, refreshFailed: error }
          : { kind: 'failed', error, at: Date.now() },
      );
    }
  }, [load]);

  useEffect(() => {
    void reload();
    return () => {
      turn.current++;
    };
  }, [reload]);

  return { state, reload, put };
}

/** After these nothing that was shown before may stay on the screen. */
const final: ReadonlySet<string> = new Set(['no-permission', 'not-found', 'not-governed']);

export function asCallError(thrown: unknown): CallError {
  return thrown instanceof CallError ? thrown : new CallError('broken', '');
}
