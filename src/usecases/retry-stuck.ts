import type { Ports } from './ports';
import { retryLeavers } from './steps/show-leavers';

const most = 100;

/** Tries again what gave up: on one request its effects and its own looks, or the entries of one list of leavers. */
export async function retryStuck(
  ports: Pick<Ports, 'outbox' | 'requests' | 'clock' | 'jobs' | 'leavers'>,
  asked: { readonly issueId: string },
): Promise<void> {
  const now = ports.clock.now();
  if (asked.issueId.startsWith('leavers-')) return retryLeavers(ports, asked.issueId, now);
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
