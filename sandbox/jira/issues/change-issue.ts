import { fieldIds, issueTypes, resolutions } from '../access-desk';
import { syncApprovers } from '../approvals/open-approval';
import { fieldById } from '../fields/catalogue';
import { knownProject } from '../projects';
import type { ChangeItem, FieldValues, HistoryRecord, IssueRecord } from '../records';
import { childRow, nextId, row, type Site } from '../site-state';
import { statusById } from '../workflow/workflow';
import { publishIssueEvent } from './publish-change';

export interface IssueChange {
  values?: FieldValues;
  statusId?: string;
  /** `undefined` leaves the resolution alone, `null` clears it. */
  resolutionId?: string | null | undefined;
  issueTypeId?: string;
  /** Another project, and the key that the issue has there. */
  place?: { projectId: string; key: string };
  /** Items of things that are no field: links. */
  items?: ChangeItem[];
}

/**
 * The one way in which an issue changes: row, history and event together. Call it inside a transaction.
 * Answers the issue afterwards; a change that changes nothing leaves no trace.
 */
export function changeIssue(site: Site, before: IssueRecord, change: IssueChange, actor: string): IssueRecord {
  const items = [
    ...(change.place === undefined ? [] : placeItems(site, before, change.place)),
    ...(change.issueTypeId === undefined ? [] : issueTypeItem(before.issueTypeId, change.issueTypeId)),
    ...Object.entries(change.values ?? {}).flatMap(([id, value]) => valueItem(site, before, id, value)),
    ...(change.resolutionId === undefined ? [] : resolutionItem(before.resolutionId, change.resolutionId)),
    ...(change.statusId === undefined ? [] : statusItem(site, before.statusId, change.statusId)),
    ...(change.items ?? []),
  ];
  if (items.length === 0) return before;
  const now = site.clock.now();
  const after: IssueRecord = { ...before, updated: now, values: { ...before.values, ...change.values } };
  if (change.issueTypeId !== undefined) after.issueTypeId = change.issueTypeId;
  if (change.place !== undefined) {
    after.projectId = change.place.projectId;
    after.key = change.place.key;
    after.formerKeys = [...(before.formerKeys ?? []), before.key];
    site.tables.issueIdByKey.put(after.key, after.id);
  }
  if (change.resolutionId !== undefined && change.resolutionId !== before.resolutionId) {
    after.resolutionId = change.resolutionId;
    after.resolvedAt = change.resolutionId === null ? null : now;
  }
  if (change.statusId !== undefined && change.statusId !== before.statusId) {
    after.statusId = change.statusId;
    after.statusSince = now;
    if (statusById(site, before.statusId).category !== statusById(site, change.statusId).category) {
      after.statusCategorySince = now;
    }
  }
  site.tables.issues.put(row(after.id), after);
  const history: HistoryRecord = {
    id: nextId(site, 'history', 10100),
    issueId: after.id,
    author: actor,
    at: now,
    items,
  };
  site.tables.history.put(childRow(after.id, history.id), history);
  if (change.values !== undefined && fieldIds.approvers in change.values) syncApprovers(site, after);
  publishIssueEvent(site, 'updated', after, actor, history);
  return after;
}

function valueItem(site: Site, issue: IssueRecord, id: string, value: unknown): ChangeItem[] {
  const field = fieldById(id);
  if (field === undefined) throw new Error(`no field ${id}`);
  const stored = issue.values[id] ?? null;
  if (JSON.stringify(stored) === JSON.stringify(value)) return [];
  const from = field.type.history(stored, site);
  const to = field.type.history(value, site);
  return [
    {
      field: field.custom ? field.name : field.id,
      fieldtype: field.custom ? 'custom' : 'jira',
      fieldId: field.id,
      from: from.id,
      fromString: from.text,
      to: to.id,
      toString: to.text,
    },
  ];
}

/** Jira writes a move as a change of the project and, under `Key`, of the key. */
function placeItems(site: Site, before: IssueRecord, place: { projectId: string; key: string }): ChangeItem[] {
  const name = (id: string): string => knownProject(site, id).name;
  return [
    {
      field: 'project',
      fieldtype: 'jira',
      fieldId: 'project',
      from: before.projectId,
      fromString: name(before.projectId),
      to: place.projectId,
      toString: name(place.projectId),
    },
    { field: 'Key', fieldtype: 'jira', from: null, fromString: before.key, to: null, toString: place.key },
  ];
}

function issueTypeItem(from: string, to: string): ChangeItem[] {
  if (from === to) return [];
  const name = (id: string): string => issueTypes.find((type) => type.id === id)?.name ?? id;
  return [
    {
      field: 'issuetype',
      fieldtype: 'jira',
      fieldId: 'issuetype',
      from,
      fromString: name(from),
      to,
      toString: name(to),
    },
  ];
}

function statusItem(site: Site, from: string, to: string): ChangeItem[] {
  const name = (id: string): string => statusById(site, id).name;
  return [
    { field: 'status', fieldtype: 'jira', fieldId: 'status', from, fromString: name(from), to, toString: name(to) },
  ];
}

function resolutionItem(from: string | null, to: string | null): ChangeItem[] {
  if (from === to) return [];
  const name = (id: string | null): string | null => resolutions.find((known) => known.id === id)?.name ?? null;
  return [
    {
      field: 'resolution',
      fieldtype: 'jira',
      fieldId: 'resolution',
      from,
      fromString: name(from),
      to,
      toString: name(to),
    },
  ];
}
