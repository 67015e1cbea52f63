/**
 * Lists a crowd through its connector in a process of its own, which is started with little memory:
 * `list-members.js NAME SIZE PAGES [FROM]`. Prints what it read; `FROM` is where an earlier process stopped.
 */
import { createTargets } from '../../src/adapters/targets/targets';
import type { Connector } from '../../src/domain/connector';
import { crowds } from './crowds';

/** What one process has read. `sum` is that of the members' numbers, so that nobody has to remember them. */
export interface Listed {
  readonly members: number;
  readonly sum: number;
  readonly next?: string;
  readonly longestPage: number;
  readonly peakHeapBytes: number;
}

const now = (): string => '2026-11-23T09:00:00.000Z';

async function main([name = '', size = '', pages = '', from]: readonly string[]): Promise<Listed> {
  const crowd = crowds[name]?.(Number(size));
  if (!crowd) throw new Error(`there is no crowd of ${name}`);
  const { origin } = new URL(crowd.connector.baseUrl);
  const connector: Connector = {
    id: 'c1',
    name,
    origin,
    directory: false,
    write: false,
    secret: { fingerprint: 'f', setAt: now(), origin },
    ...crowd.connector,
  };
  let peakHeapBytes = 0;
  const look = (): void => void (peakHeapBytes = Math.max(peakHeapBytes, process.memoryUsage().heapUsed));
  const targets = createTargets({
    now,
    nextId: () => 'id',
    secretOf: () => Promise.resolve(crowd.secret),
    transport: async (...asked) => {
      const answer = await crowd.transport(...asked);
      look();
      return answer;
    },
  });
  let [members, sum, longestPage, next] = [0, 0, 0, from];
  for (let read = 0; read < Number(pages); read += 1) {
    // As another invocation would go on: nothing is left of the one before but where it stopped.
    const target = targets.open(connector, { timeMs: 60_000, bytes: 2 * 1024 * 1024, calls: 12 });
    const page = await target.members?.(crowd.groupId, {
      limit: crowd.limit,
      ...(next === undefined ? {} : { after: next }),
    });
    if (!page || 'failure' in page) throw new Error(`${name}: ${page?.failure ?? 'lists no members'}`);
    members += page.rows.length;
    longestPage = Math.max(longestPage, page.rows.length);
    for (const { id } of page.rows) sum += Number(id);
    look();
    next = page.next;
    if (next === undefined) break;
  }
  return { members, sum, longestPage, peakHeapBytes, ...(next === undefined ? {} : { next }) };
}

main(process.argv.slice(2))
  .then((listed) => console.log(JSON.stringify(listed)))
  .catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
