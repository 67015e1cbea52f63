import { runHistory } from '../../simulate/history/run-history';
import type { Script } from '../../simulate/script';

const script: Script = {
  seed: 0,
  site: {
    startsAt: '2026-06-15T08:00:00.000Z',
    callMs: 7,
    eventMs: 500,
    staleMs: 0,
    installations: 1,
    mode: 'enforce',
    anchored: false,
    legacyForMs: 0,
  },
  steps: [
    { actor: 'flow-ask-grant', installation: 0, dice: [], waitMs: 60_000, faults: [], patient: true },
    { actor: 'cancel', installation: 0, dice: [], waitMs: 60_000, faults: [] },
  ],
};

it('puts a row that is due back to where its record says when the request wants nothing now', async () => {
  const { world } = await runHistory(script);
  const [installation] = world.installations;
  if (!installation) throw new Error('no installation');
  const [issueId = ''] = [...installation.desk.issues.keys()];
  const due = () =>
    installation.rows
      .all('due')
      .filter((row) => row['aggregate'] === issueId)
      .map((row) => row['at']);
  const planned = due();
  expect(planned.every((at) => String(at) > world.appNow())).toBe(true);
  await world.invoke(installation, 'put back', undefined, (ports) =>
    ports.requests.unstick(issueId, ports.clock.now()),
  );
  expect(due().map((at) => String(at) <= world.appNow())).toEqual([true]);
  await world.sweep(installation);
  expect(due()).toEqual(planned);
});
