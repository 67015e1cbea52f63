import { openDesk, type Desk } from '../../test/app/desk';
import type { LedgerCall } from '../../sandbox/contracts';
import { atMost, type Row } from '../row';

/** What one gate, one change and one sweep cost, counted in the sandbox's ledger. */
export async function gateRows(): Promise<Row[]> {
  const desk = await openDesk();
  try {
    const key = await desk.ask({ end: '2027-01-31T00:00:00.000Z' });
    await desk.answer(key, 'mark');
    await desk.addMember('Finance Approvers', 'rita@acme.test');
    const beforeVerify = desk.world.ledger().next;
    await desk.verify(key);
    const verify = calls(desk, beforeVerify, 'access-panel');
    const beforeGate = desk.world.ledger().next;
    await desk.move(key, 'Resolve');
    const gate = calls(desk, beforeGate, 'verification-gate');
    // Once an hour a sweep also looks for lost events; the one before this has done so.
    await desk.world.advance('PT5M');
    const beforeSweep = desk.world.ledger().next;
    await desk.world.advance('PT5M');
    const sweep = calls(desk, beforeSweep, 'sweep');
    return [
      atMost('gate with a fresh confirming reading: storage reads', count(gate, 'kvs'), 1, 'operations'),
      atMost('gate with a fresh confirming reading: Jira reads', count(gate, 'jira'), 1, 'calls'),
      atMost(
        'gate with a fresh confirming reading: Jira points',
        gate.reduce((sum, c) => sum + c.points, 0),
        2,
        'points',
      ),
      atMost('gate with a fresh confirming reading: egress', count(gate, 'egress'), 0, 'calls'),
      atMost(
        'one state change (a reading recorded): transactions',
        verify.filter((c) => c.path.endsWith('/transaction')).length,
        1,
        'transactions',
      ),
      atMost('one verification of held access: egress', count(verify, 'egress'), 2, 'calls'),
      atMost('idle sweep: storage operations', count(sweep, 'kvs'), 4, 'operations'),
    ];
  } finally {
    await desk.world.close();
  }
}

function calls(desk: Desk, since: number, module: string): LedgerCall[] {
  const all = desk.world.ledger(since).calls.filter((call) => call.module.endsWith(`/${module}`));
  if (all.length === 0) throw new Error(`the ledger has no call of ${module}`);
  return all;
}

function count(all: readonly LedgerCall[], kind: LedgerCall['kind']): number {
  return all.filter((call) => call.kind === kind).length;
}
