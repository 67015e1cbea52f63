import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDesk } from '../../test/app/desk';
import { atMost, type Row } from '../row';

const dist = join(__dirname, '..', '..', 'static', 'dist');

/** What opening the issue panel costs: bytes to load, calls, bytes of the answer, storage operations. */
export async function panelRows(): Promise<Row[]> {
  const desk = await openDesk();
  try {
    const key = await desk.ask({ end: '2027-01-31T00:00:00.000Z' });
    await desk.answer(key, 'mark');
    for (let i = 0; i < 3; i++) await desk.verify(key);
    const before = desk.world.ledger().next;
    const view = await desk.view(key);
    const calls = desk.world.ledger(before).calls.filter((call) => call.module.endsWith('/access-panel'));
    const rows = [
      atMost('opening the panel: invocations', new Set(calls.map((call) => call.invocation)).size, 1, 'invocations'),
      atMost('opening the panel: answer', Buffer.byteLength(JSON.stringify(view)), 4096, 'bytes of JSON'),
      atMost(
        'opening the panel: storage operations',
        calls.filter((call) => call.kind === 'kvs').length,
        2,
        'operations',
      ),
    ];
    return existsSync(join(dist, '.vite', 'surfaces.json')) ? [...rows, await firstLoad()] : rows;
  } finally {
    await desk.world.close();
  }
}

async function firstLoad(): Promise<Row> {
  // @ts-expect-error plain JavaScript without declarations: it also runs by itself in the screens' package
  const { panelFirstLoad } = (await import('../../static/size.mjs')) as {
    panelFirstLoad: (dir: string) => { gzipBytes: number };
  };
  return atMost(
    'panel first load, script and style, bridge included',
    Math.round(panelFirstLoad(dist).gzipBytes / 102.4) / 10,
    220,
    'KB gzip',
  );
}
