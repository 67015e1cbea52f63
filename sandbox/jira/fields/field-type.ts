import type { Site } from '../site-state';

/** Where a value comes from: v3 wants documents for paragraphs, the portal plain text (unless it says otherwise). */
export interface Input {
  site: Site;
  /** The project of the issue: whom it may be assigned to depends on it. */
  projectId: string;
  dialect: 'platform' | 'portal' | 'portal-adf';
}

export interface HistoryValue {
  id: string | null;
  text: string | null;
}

/** How values of one kind of field are read, stored, shown and written into the history. */
export interface FieldType {
  schema: { type: string; items?: string; system?: string; custom?: string };
  /** Stored form of an input that is not null; throws FieldProblem. Stored `null` is an empty field. */
  parse(value: unknown, input: Input): unknown;
  /** As the platform API shows it. */
  platform(stored: unknown, site: Site, reader: string): unknown;
  /** As servicedeskapi shows it in requestFieldValues. */
  portal(stored: unknown, site: Site, reader: string): { value: unknown; renderedValue?: Record<string, unknown> };
  history(stored: unknown, site: Site): HistoryValue;
}

/** A value that the field does not take; the message is shown under the field's id. */
export class FieldProblem extends Error {}
