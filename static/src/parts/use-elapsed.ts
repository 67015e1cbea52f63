import { useEffect, useState } from 'react';

/** Seconds since `running` became true; 0 while it is not. */
export function useElapsed(running: boolean): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    setSeconds(0);
    if (!running) return undefined;
    const from = Date.now();
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - from) / 1000)), 500);
    return () => clearInterval(timer);
  }, [running]);
  return seconds;
}
