import type { Json } from '../../src/domain/canonical';
import { directoryPeople, fields, offered, personOf, requestTypes, targetName, type Offered } from '../company';

/** What an issue asks for, worked out from its fields without the app. */
export interface Wanted {
  /** Two contents are the same exactly when this text is. */
  readonly key: string;
  readonly kind: 'grant' | 'modify' | 'revoke' | undefined;
  /** Undefined when the fields name nothing that exists. */
  readonly entitlement: Offered | undefined;
  /** The directory's id of who is to hold the access. */
  readonly userId: string | undefined;
  /** Atlassian accounts that hold or answer for the access. */
  readonly beneficiaryIds: readonly string[];
  readonly start?: string;
  readonly end?: string;
  readonly duration?: string;
}

const folded = (value: Json | undefined): string => (typeof value === 'string' ? value.trim().toLowerCase() : '');

/** Reads the fields as people mean them. */
export function wantedOf(issue: {
  readonly values: Readonly<Record<string, Json>>;
  readonly requestTypeId: string;
  readonly reporterId: string;
}): Wanted {
  const { values } = issue;
  const kind = kindOf(issue.requestTypeId);
  const inTarget = folded(values[fields.target]) === targetName.toLowerCase();
  const name = folded(values[fields.entitlement]);
  const entitlement = inTarget ? offered.find((entry) => entry.name.toLowerCase() === name) : undefined;
  const login = folded(values[fields.serviceAccount]);
  const beneficiary = typeof values[fields.beneficiary] === 'string' ? String(values[fields.beneficiary]) : undefined;
  const user =
    login !== ''
      ? directoryPeople.find((person) => person.login === login)
      : directoryPeople.find((person) => person.accountId === (beneficiary ?? issue.reporterId));
  const owner = login === '' ? undefined : (beneficiary ?? ownerOf(user?.managerId));
  const period = {
    ...text('start', values[fields.start]),
    ...text('end', values[fields.end]),
    ...text('duration', values[fields.duration]),
  };
  return {
    key: wantedKey(kind, user?.id ?? `?${login}`, entitlement?.groupId ?? `?${name}`, period),
    kind,
    entitlement,
    userId: user?.id,
    beneficiaryIds: [user?.accountId, owner].filter(
      (id): id is string => id !== undefined && personOf(id) !== undefined,
    ),
    ...period,
  };
}

/** The text by which contents are compared. */
export function wantedKey(
  kind: string | undefined,
  userId: string,
  groupId: string,
  period: { readonly start?: string; readonly end?: string; readonly duration?: string },
): string {
  return [kind ?? 'none', userId, groupId, period.start ?? '', period.end ?? '', period.duration ?? ''].join('|');
}

/** Whether `now` asks for the same as `before`, or for less because it ends earlier. */
export function withinApproved(before: string, now: string): boolean {
  if (before === now) return true;
  const [b, n] = [before.split('|'), now.split('|')];
  if (b.slice(0, 4).join('|') !== n.slice(0, 4).join('|')) return false;
  const [endBefore, durationBefore] = [b[4] as string, b[5] as string];
  const [endNow, durationNow] = [n[4] as string, n[5] as string];
  if (durationNow !== '')
    return durationBefore !== '' && endBefore === endNow && hours(durationNow) < hours(durationBefore);
  if (endNow === '' || durationBefore !== '') return false;
  return endBefore === '' || endNow < endBefore;
}

function hours(duration: string): number {
  return Number(/^PT(\d+)H$/.exec(duration)?.[1] ?? Number.NaN);
}

function kindOf(requestTypeId: string): Wanted['kind'] {
  switch (requestTypeId) {
    case requestTypes.grant:
      return 'grant';
    case requestTypes.modify:
      return 'modify';
    case requestTypes.revoke:
      return 'revoke';
    default:
      return undefined;
  }
}

function ownerOf(managerId: string | undefined): string | undefined {
  return directoryPeople.find((person) => person.id === managerId)?.accountId;
}

function text<K extends string>(name: K, value: Json | undefined): { readonly [key in K]?: string } {
  return typeof value === 'string' ? ({ [name]: value } as { [key in K]: string }) : {};
}
