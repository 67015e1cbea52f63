import type { Json } from '../../../domain/canonical';

/** A JSON object; its members may be anything. */
export interface Fields {
  readonly [name: string]: Json;
}

/** The value as an object; undefined when it is anything else. */
export function fieldsOf(value: Json | undefined): Fields | undefined {
  return value === undefined || value === null || typeof value !== 'object' || isList(value)
    ? undefined
    : (value as Fields);
}

/** The value as a list of objects; undefined when it is anything else. */
export function rowsOf(value: Json | undefined): readonly Fields[] | undefined {
  if (value === undefined || value === null || typeof value !== 'object' || !isList(value)) return undefined;
  const rows: Fields[] = [];
  for (const member of value) {
    const row = fieldsOf(member);
    if (!row) return undefined;
    rows.push(row);
  }
  return rows;
}

/** The text of a member; undefined when it is absent, empty or no text. */
export function textIn(fields: Fields | undefined, name: string): string | undefined {
  const value = fields?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
