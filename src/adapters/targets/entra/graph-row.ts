import type { Json } from '../../../domain/canonical';

/** An object of Graph, by property. */
export type Row = { readonly [name: string]: Json };

/** Undefined for anything that is no object. */
export function rowOf(value: Json | undefined): Row | undefined {
  return value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)
    ? undefined
    : (value as Row);
}

/** The objects under `name`; undefined when it is no list of objects. */
export function rowsOf(row: Row | undefined, name: string): readonly Row[] | undefined {
  const list = row?.[name];
  if (!Array.isArray(list)) return undefined;
  const rows = (list as readonly Json[]).map(rowOf);
  return rows.every((each) => each !== undefined) ? rows : undefined;
}

/** Undefined when the property is absent, empty or no text. */
export function textOf(row: Row | undefined, name: string): string | undefined {
  const value = row?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
