/** Changes that the app makes itself: after approval, once, and read back like everybody else's. */
import { openDesk, type Desk } from './desk';
import { saveDirectory, saveEntry, switchOn, writesSince } from './direct-desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const until = '2027-01-31T00:00:00.000Z';
const rita = 'rita@acme.test';
const isMember = async (group: string, login: string): Promise<boolean> => {
  const key = await desk.ask({ type: 'Remove access', entitlement: group });
  void login;
  return (await desk.view(key)).problems.length === 0;
};
void isMember;

describe('direct fulfilment', () => {
  it('writes after the approval, reads back and resolves by itself', async () => {
    await switchOn(desk);
    const key = await desk.ask({ end: until });
    expect(writesSince(desk)).toBe(0);
    expect((await desk.view(key)).items[0]?.direct).toMatchObject({ state: 'not-yet' });
    await desk.answer(key, 'mark');
    expect(await desk.status(key)).toBe('Resolved');
    expect(writesSince(desk)).toBe(1);
    const view = await desk.view(key);
    expect(view).toMatchObject({ state: 'closed', closedOnProof: true });
    expect(view.items[0]).toMatchObject({ direct: { state: 'made', attempts: 1 }, baseline: { kind: 'absent' } });
    const facts = await desk.facts(key);
    expect(facts.filter((fact) => fact.startsWith('direct-write'))).toEqual([
      'direct-write-planned',
      'direct-write-begun',
      'direct-write-made',
    ]);
  });
});
