/** `events.emit` and `events.on`: frames of the app hear each other through the page. */

type Listener = (payload: unknown) => unknown;

const listeners = new Map<string, Set<Listener>>();

export function listen(event: string, listener: Listener): () => void {
  const all = listeners.get(event) ?? new Set();
  listeners.set(event, all.add(listener));
  return () => void all.delete(listener);
}

export function emit(event: string, payload: unknown): void {
  for (const listener of listeners.get(event) ?? []) void listener(payload);
}
