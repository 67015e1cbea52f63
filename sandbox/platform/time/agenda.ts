/** Everything that is to happen later, in the store, in the order in which it falls due. */
import type { Store } from '../../contracts';

export interface Due {
  /** Position in the agenda: instant, then order of arrival. */
  id: string;
  at: number;
  kind: string;
  data: unknown;
}

export interface Agenda {
  add(at: number, kind: string, data: unknown): string;
  remove(id: string): boolean;
  /** Due at `now` or before, earliest first. */
  due(now: number): Iterable<Due>;
  /** The earliest entry, due or not. */
  first(): Due | undefined;
  all(kind: string): Due[];
  /** Called whenever something is added. */
  onAdd(listener: () => void): void;
}

const instantKey = (at: number) => String(Math.max(0, Math.ceil(at))).padStart(15, '0');
const PAGE = 50;

export function createAgenda(store: Store): Agenda {
  const table = store.table<Omit<Due, 'id'>>('agenda');
  const counter = store.table<number>('counter');
  const listeners: Array<() => void> = [];

  return {
    add: (at, kind, data) =>
      store.transaction(() => {
        const sequence = (counter.get('agenda') ?? 0) + 1;
        counter.put('agenda', sequence);
        const id = `${instantKey(at)}:${String(sequence).padStart(12, '0')}`;
        table.put(id, { at: Math.ceil(at), kind, data });
        for (const listener of listeners) listener();
        return id;
      }),
    remove: (id) => table.remove(id),
    *due(now) {
      const to = `${instantKey(Math.floor(now))}:~`;
      let from = '';
      for (;;) {
        const page = table.entries({ from, to, limit: PAGE });
        for (const [id, entry] of page) if (id !== from) yield { id, ...entry };
        if (page.length < PAGE) return;
        from = (page.at(-1) as [string, unknown])[0];
      }
    },
    first: () => {
      const [entry] = table.entries({ limit: 1 });
      return entry && { id: entry[0], ...entry[1] };
    },
    all: (kind) =>
      table
        .entries()
        .filter(([, entry]) => entry.kind === kind)
        .map(([id, entry]) => ({ id, ...entry })),
    onAdd: (listener) => void listeners.push(listener),
  };
}
