/** What a field holds: how it is read, how it is edited, how it is written. */
import { PersonName } from '../shell/face';
import { documentOf, textOf } from '../site/document-text';
import { isoOf, localOf, shown } from '../site/instants';
import type { FieldSchema, User } from '../site/jira';

export type FieldKind = 'text' | 'paragraph' | 'date-time' | 'user' | 'users' | 'option' | 'other';

export function kindOf(schema: FieldSchema | undefined): FieldKind {
  if (!schema) return 'other';
  if (schema.type === 'user') return 'user';
  if (schema.type === 'datetime') return 'date-time';
  if (schema.type === 'array' && schema.items === 'user') return 'users';
  if (schema.type === 'priority') return 'option';
  if (schema.type !== 'string') return 'other';
  return schema.system === 'description' || schema.custom?.endsWith(':textarea') ? 'paragraph' : 'text';
}

export function FieldValue({ kind, value }: { kind: FieldKind; value: unknown }) {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0))
    return <span className="subtle">None</span>;
  switch (kind) {
    case 'user':
      return <PersonName name={(value as User).displayName} />;
    case 'users':
      return (
        <span className="people-values">
          {(value as User[]).map((user) => (
            <PersonName key={user.accountId} name={user.displayName} />
          ))}
        </span>
      );
    case 'date-time':
      return <span>{shown(value as string)}</span>;
    case 'paragraph':
      return <span className="paragraph">{textOf(value)}</span>;
    case 'option':
      return <span>{(value as { name: string }).name}</span>;
    default:
      return (
        <span>{typeof value === 'object' ? ((value as { name?: string }).name ?? '') : String(value as string)}</span>
      );
  }
}

export function draftOf(kind: FieldKind, value: unknown): string | string[] {
  if (kind === 'users') return ((value ?? []) as User[]).map((user) => user.accountId);
  if (value === null || value === undefined) return '';
  if (kind === 'user') return (value as User).accountId;
  if (kind === 'date-time') return localOf(value as string);
  return kind === 'paragraph' ? textOf(value) : String(value as string);
}

/** As Jira's platform API takes it. */
export function valueOf(kind: FieldKind, draft: string | string[]): unknown {
  if (Array.isArray(draft)) return draft.map((accountId) => ({ accountId }));
  if (draft === '') return null;
  if (kind === 'user') return { accountId: draft };
  if (kind === 'date-time') return isoOf(draft);
  return kind === 'paragraph' ? documentOf(draft) : draft;
}
