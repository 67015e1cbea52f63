/** Loads a value, keeps it fresh while the page is looked at, and keeps what was there while it loads again. */
import { useCallback, useEffect, useRef, useState } from 'react';

export interface Loaded<T> {
  value: T | undefined;
  error: Error | undefined;
  reload: () => Promise<void>;
}

export function useLoaded<T>(load: () => Promise<T>, key: string, everyMs = 0): Loaded<T> {
  const [state, setState] = useState<{ key: string; value?: T; error?: Error }>({ key });
  const latest = useRef(load);
  latest.current = load;
  const current = useRef(key);
  current.current = key;

  const reload = useCallback(async () => {
    try {
      const value = await latest.current();
      if (current.current !== key) return;
      setState((before) =>
        before.key === key && JSON.stringify(before.value) === JSON.stringify(value) && !before.error
          ? before
          : { key, value },
      );
    } catch (error) {
      if (current.current === key)
        setState((before) => ({
          key,
          error: error as Error,
          ...(before.key === key && before.value !== undefined ? { value: before.value } : {}),
        }));
    }
  }, [key]);

  useEffect(() => {
    void reload();
    if (everyMs === 0) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void reload();
    }, everyMs);
    return () => clearInterval(timer);
  }, [reload, everyMs]);

  const mine = state.key === key;
  return { value: mine ? state.value : undefined, error: mine ? state.error : undefined, reload };
}
