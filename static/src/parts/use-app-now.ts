import { useEffect, useState } from 'react';

/** The app's own clock, going on from the instant a view was made. The browser's clock may be wrong; the app's decides. */
export function useAppNow(madeAt: string, receivedAt: number): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 5_000);
    return () => clearInterval(timer);
  }, []);
  const made = Date.parse(madeAt);
  return Number.isNaN(made) ? Date.now() : made + Math.max(0, Date.now() - receivedAt);
}
