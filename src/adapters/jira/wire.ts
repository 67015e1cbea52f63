import { parseInstant } from '../../domain/instant';
import type { Json } from '../../domain/canonical';
import type { ApproverAnswer, IssueView, JsmApproval } from '../../domain/request/issue-view';
import type { IssueHistory } from '../../usecases/ports';
import { Unavailable } from '../../usecases/ports';

type Wire = Record<string, unknown>;

const isWire = (value: unknown): value is Wire => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** An issue as `GET /rest/api/3/issue` gives it, in the app's terms. Throws `Unavailable` when it is not an issue. */
export function issueView(body: unknown): IssueView {
  const fields = isWire(body) && isWire(body.fields) ? body.fields : undefined;
  const project = isWire(fields?.project) ? text(fields.project.id) : undefined;
  const status = isWire(fields?.status) ? text(fields.status.id) : undefined;
  const created = instant(fields?.created);
  const id = isWire(body) ? text(body.id) : undefined;
  const key = isWire(body) ? text(body.key) : undefined;
  if (!fields || !project || !status || !created || !id || !key) throw new Unavailable('jira');
  const values: Record<string, Json> = {};
  const approvals: JsmApproval[] = [];
  const activeAccounts: Record<string, boolean> = {};
  let requestTypeId: string | undefined;
  let requestTypeFieldId: string | undefined;
  for (const [fieldId, raw] of Object.entries(fields)) {
    noteAccounts(raw, activeAccounts, 0);
    if (!fieldId.startsWith('customfield_')) continue;
    const found = approvalList(raw);
    if (found) approvals.push(...found);
    else if (isWire(raw) && isWire(raw.requestType)) {
      requestTypeId = text(raw.requestType.id);
      requestTypeFieldId = fieldId;
    } else {
      const value = fieldValue(raw);
      if (value !== undefined) values[fieldId] = value;
    }
  }
  const assigneeId = accountId(fields.assignee);
  const categorySince = instant(fields.statuscategorychangedate);
  return {
    id,
    key,
    projectId: project,
    statusId: status,
    createdAt: created,
    reporterId: accountId(fields.reporter) ?? 'unknown',
    creatorId: accountId(fields.creator) ?? 'unknown',
    values,
    approvals: approvals.sort((a, b) => Number(a.id) - Number(b.id)),
    activeAccounts,
    ...(assigneeId ? { assigneeId } : {}),
    ...(categorySince ? { categorySince } : {}),
    ...(requestTypeId ? { requestTypeId } : {}),
    ...(requestTypeFieldId ? { requestTypeFieldId } : {}),
  };
}

/** Jira writes `2027-01-31T00:00:00.000+0000`, JSM's DTOs carry several forms side by side. */
function instant(value: unknown): string | undefined {
  if (typeof value === 'string') return parseInstant(value);
  if (!isWire(value)) return undefined;
  if (typeof value.epochMillis === 'number') return new Date(value.epochMillis).toISOString();
  return instant(value.jira) ?? instant(value.iso8601);
}

function accountId(value: unknown): string | undefined {
  return isWire(value) ? text(value.accountId) : undefined;
}

/** People become account ids, dates instants, rich text plain text, options their value; empty values are left out. */
function fieldValue(raw: unknown): Json | undefined {
  if (raw === null || raw === undefined || raw === '') return undefined;
  if (typeof raw === 'string') return parseInstant(raw) ?? raw;
  if (typeof raw === 'number' || typeof raw === 'boolean') return raw;
  if (Array.isArray(raw)) {
    const members = raw.map(fieldValue).filter((v): v is Json => v !== undefined);
    return members.length === 0 ? undefined : members;
  }
  if (!isWire(raw)) return undefined;
  if (raw.type === 'doc') return documentText(raw).trim() || undefined;
  return accountId(raw) ?? text(raw.value) ?? text(raw.name) ?? text(raw.id);
}

function documentText(node: Wire): string {
  if (typeof node.text === 'string') return node.text;
  const inner = Array.isArray(node.content) ? node.content.filter(isWire).map(documentText).join('') : '';
  return node.type === 'paragraph' || node.type === 'hardBreak' ? `${inner}\n` : inner;
}

/** The value of JSM's approvals field, recognised by its form: its field id differs between sites. */
function approvalList(raw: unknown): JsmApproval[] | undefined {
  if (
    !Array.isArray(raw) ||
    raw.length === 0 ||
    !raw.every((a) => isWire(a) && Array.isArray(a.approvers) && 'finalDecision' in a)
  )
    return undefined;
  return (raw as Wire[]).map((approval) => {
    const completedAt = instant(approval.completedDate);
    return {
      id: String(approval.id),
      finalDecision: decision(approval.finalDecision),
      createdAt: instant(approval.createdDate) ?? '',
      ...(completedAt ? { completedAt } : {}),
      approvers: (approval.approvers as unknown[]).filter(isWire).flatMap((entry): ApproverAnswer[] => {
        const id = accountId(entry.approver);
        const active =
          isWire(entry.approver) && typeof entry.approver.active === 'boolean' ? entry.approver.active : undefined;
        return id ? [{ accountId: id, active, decision: decision(entry.approverDecision) }] : [];
      }),
    };
  });
}

function decision(value: unknown): 'approved' | 'declined' | 'pending' {
  return value === 'approved' || value === 'declined' ? value : 'pending';
}

function noteAccounts(raw: unknown, into: Record<string, boolean>, depth: number): void {
  if (depth > 6) return;
  if (Array.isArray(raw)) {
    for (const member of raw) noteAccounts(member, into, depth + 1);
  } else if (isWire(raw)) {
    if (typeof raw.accountId === 'string' && typeof raw.active === 'boolean')
      into[raw.accountId] = (into[raw.accountId] ?? true) && raw.active;
    else for (const member of Object.values(raw)) noteAccounts(member, into, depth + 1);
  }
}

/** The changes of a changelog page that matter: statuses and fields, oldest first as Jira gives them. */
export function historyOf(pages: readonly unknown[]): IssueHistory {
  const statusChanges: Array<IssueHistory['statusChanges'][number]> = [];
  const fieldChanges: Array<IssueHistory['fieldChanges'][number]> = [];
  for (const page of pages) {
    const values = isWire(page) && Array.isArray(page.values) ? page.values.filter(isWire) : [];
    for (const entry of values) {
      const at = instant(entry.created);
      if (!at) continue;
      const by = accountId(entry.author);
      const byApp = isWire(entry.author) && entry.author.accountType === 'app';
      for (const item of Array.isArray(entry.items) ? entry.items.filter(isWire) : []) {
        if (item.fieldId === 'status' || item.field === 'status')
          statusChanges.push({ at, toStatusId: String(item.to), byApp, ...(by ? { by } : {}) });
        else fieldChanges.push({ at, fieldId: String(item.fieldId ?? item.field) });
      }
    }
  }
  const byTime = (a: { at: string }, b: { at: string }) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);
  return { statusChanges: statusChanges.sort(byTime), fieldChanges: fieldChanges.sort(byTime) };
}

/**
 * Plain text as an Atlassian document: text nodes only, so nothing in it can become a mention, a link or a card. People who
 * are to hear of it are named in a paragraph of their own.
 */
export function plainDocument(value: string, mentions: readonly string[] = []): { [key: string]: Json } {
  const paragraphs: Json[] = value
    .split('\n')
    .map((line) => ({ type: 'paragraph', content: line === '' ? [] : [{ type: 'text', text: line }] }));
  const named: Json[] = mentions.flatMap((id, index) => [
    ...(index === 0 ? [] : [{ type: 'text', text: ' ' }]),
    { type: 'mention', attrs: { id } },
  ]);
  if (named.length > 0) paragraphs.push({ type: 'paragraph', content: named });
  return { type: 'doc', version: 1, content: paragraphs };
}
