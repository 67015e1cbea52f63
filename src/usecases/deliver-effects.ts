import { deliverRow } from './steps/deliver-row';

/**
 * Makes the effects of one change, asked for by the queue right after the change was written. When another invocation
 * added a later change meanwhile and found this one still at work, its effects are made here too.
 */
export async function deliverEffects(
  ports: Parameters<typeof deliverRow>[0],
  asked: { readonly issueId: string; readonly rev: number },
): Promise<void> {
  await deliverRow(ports, asked);
  const newest = (await ports.requests.get(asked.issueId))?.lastOutboxRev;
  if (newest !== undefined && newest > asked.rev) await deliverRow(ports, { issueId: asked.issueId, rev: newest });
}
