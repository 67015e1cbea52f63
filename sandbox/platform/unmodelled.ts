/** What the app asked for and the sandbox does not model. Answered 501 and kept here; never a silent 200. */

export interface Unmodelled {
  record(operation: string): void;
  list(): Array<{ operation: string; count: number }>;
}

export function createUnmodelled(): Unmodelled {
  const counts = new Map<string, number>();
  return {
    record: (operation) => void counts.set(operation, (counts.get(operation) ?? 0) + 1),
    list: () => [...counts].map(([operation, count]) => ({ operation, count })),
  };
}
