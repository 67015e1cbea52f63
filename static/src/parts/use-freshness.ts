import { useEffect, useRef } from 'react';
import { onIssueChanged } from '../frame';

const settledMs = 800;
const oldMs = 60_000;

/** Refreshes when Jira says that the issue changed, and when a person comes back to a screen that is a minute old. */
export function useFreshness(reload: () => Promise<void>, loadedAt: number | undefined): void {
  const at = useRef(loadedAt);
  at.current = loadedAt;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = onIssueChanged(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void reload(), settledMs);
    });
    const back = () => {
      if (document.visibilityState === 'visible' && at.current !== undefined && Date.now() - at.current > oldMs)
        void reload();
    };
    document.addEventListener('visibilitychange', back);
    return () => {
      clearTimeout(timer);
      off();
      document.removeEventListener('visibilitychange', back);
    };
  }, [reload]);
}
