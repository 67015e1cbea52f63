import type { HistoryEntryView } from '../../contract/request-view';
import type { AuditEntry } from '../../domain/audit/entry';
import type { AccessRequest } from '../../domain/request/access-request';
import { displayText } from '../../domain/text';

/** An audit entry for a person: references of people become the names that the request still knows. */
export function historyView(entry: AuditEntry, request: AccessRequest | undefined): HistoryEntryView {
  const named = new Map(
    Object.entries(request?.people ?? {}).map(([accountId, ref]) => [ref, nameOf(request, accountId)]),
  );
  const name = (text: string) => named.get(text) ?? text;
  return {
    seq: entry.seq,
    at: entry.at,
    kind: entry.kind,
    actor: name(entry.actor),
    facts: entry.facts.map(({ fact, ...rest }) => ({ fact, detail: displayText(detail(rest, name), 400) })),
    hash: entry.hash,
  };
}

function nameOf(request: AccessRequest | undefined, accountId: string): string {
  return (
    request?.names[accountId] ??
    request?.items.find((item) => item.identity.accountId === accountId)?.identity.name ??
    'a person'
  );
}

function detail(rest: Readonly<Record<string, unknown>>, name: (text: string) => string): string {
  return Object.entries(rest)
    .map(
      ([key, value]) =>
        `${key}: ${typeof value === 'string' ? name(value) : JSON.stringify(value, (_k, inner: unknown) => (typeof inner === 'string' ? name(inner) : inner))}`,
    )
    .join(', ');
}
