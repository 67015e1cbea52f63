import type { AccessRequest } from '../domain/request/access-request';
import { displayProperty } from '../domain/request/display';
import { recordReadings } from '../domain/request/lifecycle/read';
import type { Actor } from '../domain/request/lifecycle/outcome';
import type { Ports } from './ports';
import { changeRequest } from './steps/change-request';
import { followIssue } from './steps/follow-issue';
import { readItems } from './steps/read-target';

const budget = { timeMs: 12_000, bytes: 2 * 1024 * 1024, calls: 12 };

/**
 * Reads the target now for a request and records what it says. The issue is followed first, so that the reading is for
 * what is asked today.
 * @returns the request afterwards, undefined when the issue is not governed
 */
export async function verifyEntitlement(
  ports: Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs' | 'issues' | 'configuration' | 'targets' | 'ids'>,
  asked: { readonly issueId: string; readonly item?: string; readonly actor: Actor },
): Promise<AccessRequest | undefined> {
  const issue = await ports.issues.read(asked.issueId);
  if (!issue) return undefined;
  const request = await followIssue(ports, issue);
  if (!request) return request;
  // Anybody who may edit the issue can change what the property shows; whoever verifies sees the truth again.
  await ports.issues.setProperty(issue.id, displayProperty(request));
  if (request.items.length + request.former.length === 0) return request;
  const readings = await readItems(ports, request, budget, asked.item);
  return changeRequest(
    ports,
    asked.issueId,
    asked.actor,
    (current, context) => current && recordReadings(current, readings, context),
  );
}
