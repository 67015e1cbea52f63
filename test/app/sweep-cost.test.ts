import type { LedgerCall } from '../../sandbox/contracts';
import { openDesk, type Desk } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

/** One sweep and everything that the app does besides it until the next one. */
async function sweep(): Promise<LedgerCall[]> {
  const since = desk.world.ledger().next;
  await desk.world.advance('PT5M');
  return desk.world.ledger(since).calls;
}

const operations = (calls: readonly LedgerCall[]): number => calls.filter((call) => call.kind === 'kvs').length;

// The bench counts the same with up to 100,000 open requests (bench/rows/sweep.ts).
it('follows what is due in storage operations, and not how many requests are open', async () => {
  const batches = [1, 3, 12];
  await desk.world.advance('PT5M');
  expect(operations(await sweep())).toBeLessThanOrEqual(4);
  for (const count of batches) {
    for (let i = 0; i < count; i++) await desk.raise({ end: '2027-01-31T00:00:00.000Z' });
    await desk.world.advance('PT5M');
  }
  expect(operations(await sweep())).toBeLessThanOrEqual(4);
  // Half of the eight hours of an approval has passed for one batch after the other.
  await desk.world.advance('PT3H35M');
  for (const count of batches) {
    const calls = await sweep();
    const comments = calls.filter((call) => call.method === 'POST' && call.path.endsWith('/comment'));
    expect(comments).toHaveLength(count);
    expect(operations(calls)).toBeLessThanOrEqual(4 + Math.ceil(count / 100) + 4 * count);
    // The issue, the approvers as participants, the comments that stand there, the comment.
    expect(calls.filter((call) => call.kind === 'jira')).toHaveLength(4 * count);
  }
  expect(operations(await sweep())).toBeLessThanOrEqual(4);
});
