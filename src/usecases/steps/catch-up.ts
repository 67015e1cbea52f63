import type { Instant } from '../../domain/instant';
import { Unavailable, type Ports } from '../ports';
import { followIssue } from './follow-issue';

/** How far back the search looks at least: further than the pause between two, so that nothing slips through. */
const leastHours = 2;
const mostHours = 7 * 24;
const mostIssues = 2000;

/**
 * Makes up for lost events: one bounded search over the governed projects for issues that changed lately, each followed as
 * if its event had come. After a long silence it looks back as far as the silence lasted, at most a week.
 * @returns the instant when it was done completely; undefined when it has to be done again
 */
export async function catchUp(ports: Ports, silentHours: number, noTime: () => boolean): Promise<Instant | undefined> {
  const now = ports.clock.now();
  const projects = await ports.configuration.list('project');
  if (projects.length === 0) return now;
  const hours = Math.min(mostHours, Math.max(leastHours, silentHours + 1));
  const keys = projects.map(({ value }) => value.projectKey);
  try {
    let outage = false;
    for (const issueId of await ports.issues.changedWithin(keys, hours, mostIssues)) {
      if (noTime()) return undefined;
      if ((await follow(ports, issueId)) === 'outage') outage = true;
    }
    // What could not be looked at now may be too old for the next search.
    if (outage) return undefined;
  } catch (error) {
    ports.log.note('catch-up-failed', { error: error instanceof Error ? error.name : 'unknown' });
    return undefined;
  }
  return now;
}

async function follow(ports: Ports, issueId: string): Promise<'done' | 'failed' | 'outage'> {
  try {
    const issue = await ports.issues.read(issueId);
    if (issue) await followIssue(ports, issue);
    return 'done';
  } catch (error) {
    ports.log.note('sweep-item-failed', {
      what: 'catch-up',
      issue: issueId,
      error: error instanceof Error ? error.name : 'unknown',
    });
    return error instanceof Unavailable ? 'outage' : 'failed';
  }
}
