import { sha256 } from '../../domain/canonical';

// Keys are built from validated parts only: Forge allows letters, digits and `:._-#` and at most 500 characters
// (developer.atlassian.com/platform/forge/storage-reference/kvs-basic-api).
const safePart = /^[A-Za-z0-9._:-]{1,200}$/;

function part(text: string): string {
  // A part that is not safe as it stands can never reach another namespace: its hash takes its place.
  return safePart.test(text) ? text : `h-${sha256(text)}`;
}

export const requestKey = (issueId: string): string => `req:${part(issueId)}`;
export const gateKey = (issueId: string): string => `gate:${part(issueId)}`;
export const dueKey = (issueId: string): string => `due:req:${part(issueId)}`;
export const outboxKey = (issueId: string, rev: number): string => `out:${part(issueId)}:${rev}`;
export const auditKey = (chain: string, seq: number): string => `audit:${part(chain)}:${String(seq).padStart(9, '0')}`;
export const readingKey = (issueId: string, readingId: string): string => `read:${part(issueId)}:${part(readingId)}`;
export const caseKey = (id: string): string => `case:${part(id)}`;
export const configKey = (kind: string, id: string): string => `cfg:${part(kind)}:${part(id)}`;
export const personKey = (accountId: string): string => `person:${part(accountId)}`;
export const digestKey = (series: string, seq: number): string =>
  `digest:${part(series)}:${String(seq).padStart(9, '0')}`;
export const workKey = (kind: string, id: string): string => `work:${part(kind)}:${part(id)}`;
export const leaversDueKey = (listId: string): string => `due:leavers:${part(listId)}`;
export const leaversSecretKey = (keyId: string): string => `secret:leavers:${part(keyId)}`;
export const secretKey = (connectorId: string, purpose: 'read' | 'write'): string =>
  `secret:${purpose === 'read' ? 'connector' : 'connector-write'}:${part(connectorId)}`;
