import { canonicalHash, type Json } from '../canonical';
import type { IssueView } from './issue-view';
import { governedRoles, type FieldIds } from './project-mapping';

/**
 * Fingerprint of everything on the issue that decides what is asked: the governed fields and the request type. It is
 * compared at every gate, so an edit counts from the moment it is made, however late its event arrives.
 */
export function governedFieldsHash(issue: Pick<IssueView, 'values' | 'requestTypeId'>, fields: FieldIds): string {
  const governed: Record<string, Json> = { requestType: issue.requestTypeId ?? null };
  for (const role of governedRoles) {
    const id = fields[role];
    if (id !== undefined) governed[role] = issue.values[id] ?? null;
  }
  return canonicalHash(governed);
}

/** Ids of the fields that decide whether and how an issue is governed at all, as its history names them. */
export function kindFieldIds(issue: Pick<IssueView, 'requestTypeFieldId'>): readonly string[] {
  return ['issuetype', 'project', ...(issue.requestTypeFieldId === undefined ? [] : [issue.requestTypeFieldId])];
}

/** Ids of the governed fields of a project. */
export function governedFieldIds(fields: FieldIds): readonly string[] {
  return governedRoles.map((role) => fields[role]).filter((id): id is string => id !== undefined);
}
