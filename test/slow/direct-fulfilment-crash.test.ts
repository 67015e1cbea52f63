/** The app is killed at every call around its write to a target: the change is neither lost nor made twice. */
import { openDesk, type Desk } from '../app/desk';
import { switchOn, writesSince } from '../app/direct-desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const until = '2027-01-31T00:00:00.000Z';

describe('a crash', () => {
  /** Which call of which module is the write, counted from the approval. */
  async function theWrite(): Promise<{ readonly module: string; readonly call: number }> {
    await switchOn(desk);
    const key = await desk.ask({ end: until });
    const { next } = desk.world.ledger();
    await desk.answer(key, 'mark');
    const { calls } = desk.world.ledger(next);
    const write = calls.find(({ kind, method }) => kind === 'egress' && method === 'PATCH');
    if (!write) throw new Error('nothing was written');
    const { module } = write;
    return { module, call: calls.filter((call) => call.module === module && call.n <= write.n).length };
  }

  it.each([-4, -3, -2, -1, 0, 1, 2, 3, 4].flatMap((off) => [[off, 'before'] as const, [off, 'after'] as const]))(
    '%s calls from the write, %s its effect, neither loses the change nor makes it twice',
    async (off, when) => {
      const { module, call } = await theWrite();
      await desk.close();
      desk = await openDesk();
      await switchOn(desk);
      const key = await desk.ask({ end: until });
      desk.world.faults({ crashAt: { call: call + off, when, module } });
      await desk.answer(key, 'mark');
      await desk.world.advance('PT30M');
      expect(await desk.status(key)).toBe('Resolved');
      expect(writesSince(desk)).toBe(1);
      const facts = (await desk.facts(key)).filter((fact) => fact.startsWith('direct-write'));
      expect(facts.filter((fact) => fact === 'direct-write-planned')).toHaveLength(1);
      expect((await desk.view(key)).items[0]?.baseline.kind).toBe('absent');
      // What was written right before the crash is found when it is tried again.
      const found = off === 0 && when === 'after' ? 'direct-write-already' : 'direct-write-made';
      if (off <= 0) expect(facts.filter((fact) => fact === found)).toHaveLength(1);
      expect(facts.filter((fact) => ['direct-write-made', 'direct-write-already'].includes(fact))).toHaveLength(1);
    },
    30_000,
  );
});
