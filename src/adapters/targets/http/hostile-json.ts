import type { Json } from '../../../domain/canonical';
import { answered, failed, type Answer } from './answer';

const maxDepth = 24;
const maxValues = 400_000;
// Keys that reach into prototypes when somebody copies objects. No target has a use for them.
const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * JSON from somebody who may mean harm. `not-json`: no UTF-8 or no JSON. `too-large`: deeper than 24 levels or more than
 * 400,000 values. `malformed`: a key that reaches into prototypes. Objects of the result have no prototype.
 */
export function parseHostileJson(bytes: Uint8Array): Answer<Json> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return failed('not-json');
  }
  // Counted before parsing: building ten million empty lists first would be the damage itself.
  if (!withinShape(text)) return failed('too-large');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return failed('not-json');
  }
  const value = withoutPrototypes(parsed);
  return value === undefined ? failed('malformed') : answered(value);
}

function withinShape(text: string): boolean {
  let depth = 0;
  let values = 1;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (inText) {
      if (char === '\\') at += 1;
      else if (char === '"') inText = false;
      continue;
    }
    switch (char) {
      case '"':
        inText = true;
        break;
      case '{':
      case '[':
        depth += 1;
        values += 1;
        if (depth > maxDepth) return false;
        break;
      case '}':
      case ']':
        depth -= 1;
        break;
      case ',':
        values += 1;
        break;
    }
    if (values > maxValues) return false;
  }
  return true;
}

/** A copy whose objects have no prototype; undefined when a key is forbidden. */
function withoutPrototypes(value: unknown): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  // 1e999 parses to Infinity, which JSON cannot carry on.
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (Array.isArray(value)) {
    const list: Json[] = [];
    for (const member of value) {
      const copy = withoutPrototypes(member);
      if (copy === undefined) return undefined;
      list.push(copy);
    }
    return list;
  }
  const object: Record<string, Json> = Object.create(null) as Record<string, Json>;
  for (const [key, member] of Object.entries(value as object)) {
    const copy = forbiddenKeys.has(key) ? undefined : withoutPrototypes(member);
    if (copy === undefined) return undefined;
    object[key] = copy;
  }
  return object;
}
