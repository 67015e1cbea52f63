import type { Ports } from './ports';

const most = 100;

/** Tries again what gave up on one request: its effects and its own looks. */
export async function retryStuck(
  ports: Pick<Ports, 'outbox' | 'requests' | 'clock' | 'jobs'>,
  asked: { readonly issueId: string },
): Promise<void> {
  const now = ports.clock.now();
  for (const { issueId, rev } of await ports.outbox.stuck(most)) {
    if (issueId !== asked.issueId || rev === undefined) continue;
    const row = await ports.outbox.get(issueId, rev);
    if (!row?.stuck) continue;
    const { stuck: _stuck, ...rest } = row;
    await ports.outbox.save({ ...rest, at: now, attempts: 0 });
    await ports.jobs.deliver(issueId, rev);
  }
  for (const { issueId } of await ports.requests.stuck(most))
    if (issueId === asked.issueId) await ports.requests.unstick(issueId, now);
}
