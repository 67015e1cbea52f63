import { calendarProblems, type Calendar } from '../domain/sla/calendar';
import type { Ports } from './ports';
import { saveDocument, type SaveResult } from './steps/save-document';

/**
 * Saves a working calendar as a new version. Requests that are under way keep the calendar they were submitted under: it
 * is pinned on them.
 */
export async function saveCalendar(
  ports: Pick<Ports, 'configuration' | 'people' | 'clock'>,
  asked: { readonly calendar: Omit<Calendar, 'version'>; readonly expectedRev: number; readonly accountId: string },
): Promise<SaveResult<'calendar'> | { readonly saved: 'refused'; readonly problems: readonly string[] }> {
  const value: Calendar = { ...asked.calendar, version: asked.expectedRev + 1 };
  const problems = calendarProblems(value);
  if (problems.length > 0) return { saved: 'refused', problems };
  const { expectedRev, accountId } = asked;
  return saveDocument(ports, { kind: 'calendar', id: value.id, value, expectedRev, accountId });
}
