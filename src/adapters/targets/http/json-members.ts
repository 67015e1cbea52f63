import type { Json } from '../../../domain/canonical';

/** A JSON object of somebody else's: what it holds is looked at member by member. */
export type JsonObject = { readonly [key: string]: Json };

/** The object; undefined when the value is anything else. */
export function objectOf(value: Json | undefined): JsonObject | undefined {
  return value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)
    ? undefined
    : (value as JsonObject);
}

/** The text of a member; undefined when it is absent, empty or no text. */
export function textIn(object: JsonObject | undefined, name: string): string | undefined {
  const value = object?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The objects of a list; undefined when the value is no list or holds anything else. */
export function objectsOf(value: Json | undefined): readonly JsonObject[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const objects: JsonObject[] = [];
  for (const member of value as readonly Json[]) {
    const object = objectOf(member);
    if (!object) return undefined;
    objects.push(object);
  }
  return objects;
}

/**
 * Whether two ids differ in nothing but case, encoding or white space. Ids are compared exactly, so such a pair is not
 * the same; and it is too near to conclude that they are not.
 */
export function nearlyTheSame(one: string, other: string): boolean {
  return one !== other && folded(one) === folded(other);
}

function folded(id: string): string {
  let decoded = id;
  try {
    decoded = decodeURIComponent(id);
  } catch {
    // A percent sign that begins no escape stands for itself.
  }
  return decoded.normalize('NFKC').trim().toLowerCase();
}
