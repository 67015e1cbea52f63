/** Starts a stopwatch: the answer tells the milliseconds since. Monotonic, unlike the clock. */
export function startStopwatch(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}
