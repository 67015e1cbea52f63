import { createGate } from '../../src/entry/workflow/gate';
import type { Ports } from '../../src/usecases/ports';

/** Ports whose first call hangs until it is let go, and that count what is done afterwards. */
function hangingPorts(): { ports: Ports; letGo: () => void; later: () => number } {
  let go: (value: unknown) => void = () => undefined;
  let calls = 0;
  const hang = new Promise((resolve) => (go = resolve));
  const issue = { id: '1', key: 'ACC-1', values: {}, approvals: [], activeAccounts: {}, requestTypeId: '11' };
  const ports = {
    issues: { read: () => hang.then(() => issue) },
    requests: { gate: () => Promise.resolve(void calls++), get: () => Promise.resolve(void calls++) },
    configuration: { get: () => Promise.resolve(void calls++) },
    clock: { now: () => '2026-11-23T09:00:00.000Z' },
    log: { note: () => undefined },
  };
  return { ports: ports as unknown as Ports, letGo: () => go(undefined), later: () => calls };
}

it('says no in time when something hangs, and does nothing more once it has answered', async () => {
  const { ports, letGo, later } = hangingPorts();
  const gate = createGate('verification', () => ports, 20);
  const answer = await gate({ issue: { key: 'ACC-1' } });
  expect(answer).toMatchObject({ result: false, errorMessage: expect.stringContaining('in time') as string });
  letGo();
  await new Promise((done) => setTimeout(done, 20));
  expect(later()).toBe(0);
});

it('says no to a call that names no issue', async () => {
  expect(await createGate('verification', () => hangingPorts().ports)({})).toMatchObject({ result: false });
});

it('says no when the ports cannot even be opened', async () => {
  const gate = createGate('cancel', () => {
    throw new Error('broken');
  });
  expect(await gate({ issue: { key: 'ACC-1' } })).toMatchObject({ result: false });
});
