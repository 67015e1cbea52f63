import { slaMetrics } from '../access-desk';
import { deskInstant } from '../fields/instants';
import { isPublic } from '../issues/comments';
import { isAgent } from '../people/permissions';
import type { IssueRecord } from '../records';
import { childrenOf, type Site } from '../site-state';

/** The desk's two clocks, running around the clock from creation. */
export function slaAnswers(site: Site, issue: IssueRecord): Array<Record<string, unknown>> {
  return slaMetrics.map((metric) => slaAnswer(site, issue, metric));
}

export function slaAnswer(
  site: Site,
  issue: IssueRecord,
  metric: (typeof slaMetrics)[number],
): Record<string, unknown> {
  const now = site.clock.now();
  const stopped = metric.id === '1' ? firstResponse(site, issue) : issue.resolvedAt;
  const elapsed = (stopped ?? now) - issue.created;
  const cycle = {
    startTime: deskInstant(issue.created, now),
    breachTime: deskInstant(issue.created + metric.goal, now),
    breached: elapsed > metric.goal,
    goalDuration: duration(metric.goal),
    elapsedTime: duration(elapsed),
    remainingTime: duration(metric.goal - elapsed),
  };
  return {
    id: metric.id,
    name: metric.name,
    slaDisplayFormat: 'NEW_SLA_FORMAT',
    completedCycles: stopped === null ? [] : [{ ...cycle, stopTime: deskInstant(stopped, now) }],
    ...(stopped === null ? { ongoingCycle: { ...cycle, paused: false, withinCalendarHours: true } } : {}),
    _links: { self: `${site.baseUrl()}/rest/servicedeskapi/request/${issue.id}/sla/${metric.id}` },
  };
}

/** An agent's first public comment, or the resolution when nobody said a word. */
function firstResponse(site: Site, issue: IssueRecord): number | null {
  const response = childrenOf(site.tables.comments, issue.id).find(
    (comment) =>
      isPublic(comment) &&
      comment.author !== issue.values['reporter'] &&
      isAgent(site, comment.author, issue.projectId),
  );
  return response?.created ?? issue.resolvedAt;
}

function duration(millis: number): Record<string, unknown> {
  const minutes = Math.trunc(Math.abs(millis) / 60_000);
  const hours = Math.trunc(minutes / 60);
  return { millis, friendly: `${millis < 0 ? '-' : ''}${hours}h ${minutes % 60}m` };
}
