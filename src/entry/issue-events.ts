import { InvocationError, InvocationErrorCode } from '@forge/events';
import { nudgeSweep } from '../usecases/nudge-sweep';
import { observeIssue } from '../usecases/observe-issue';
import { Unavailable, type Ports } from '../usecases/ports';

/** A product event (developer.atlassian.com/platform/forge/events-reference/jira). */
interface IssueEvent {
  readonly eventType?: unknown;
  readonly issue?: { readonly id?: unknown };
  readonly selfGenerated?: unknown;
  readonly changelog?: { readonly items?: unknown };
}

/**
 * Follows an issue because Jira says that something happened to it. Only a returned `InvocationError` asks Forge for the
 * event again; a throw would lose it.
 */
export function createIssueEvents(ports: () => Ports) {
  return async (event: IssueEvent): Promise<InvocationError | undefined> => {
    const issueId = event.issue?.id;
    if (typeof issueId !== 'string' && typeof issueId !== 'number') return undefined;
    if (event.selfGenerated === true && !changesStatus(event)) return undefined;
    const opened = ports();
    try {
      await nudgeSweep(opened);
      await observeIssue(opened, { issueId: String(issueId), deleted: event.eventType === 'avi:jira:deleted:issue' });
      return undefined;
    } catch (error) {
      opened.log.note('event-failed', {
        issue: String(issueId),
        error: error instanceof Error ? error.name : 'unknown',
      });
      const retryAfter = error instanceof Unavailable ? Math.min(900, error.retryAfterSeconds ?? 30) : 60;
      return new InvocationError({ retryAfter, retryReason: InvocationErrorCode.FUNCTION_UPSTREAM_RATE_LIMITED });
    }
  };
}

/** The app's own edits have nothing new to tell it; its own transitions do (what they led to, and when). */
function changesStatus(event: IssueEvent): boolean {
  const items = event.changelog?.items;
  return (
    Array.isArray(items) && items.some((item: unknown) => (item as { field?: unknown } | null)?.field === 'status')
  );
}
