/** Conditions of queries and transactions: how they are spelled, and whether a row fulfils them. */
import type { EntitySchema } from '../manifest';
import { isOfType } from './entity-rules';
import { badRequest, Refusal } from './refusal';

export interface Condition {
  property: string;
  condition: string;
  values: unknown[];
}

export interface ConditionSet {
  operator: 'and' | 'or';
  conditions: Condition[];
}

const RANGE = [
  'BEGINS_WITH',
  'BETWEEN',
  'EQUAL_TO',
  'GREATER_THAN',
  'GREATER_THAN_EQUAL_TO',
  'LESS_THAN',
  'LESS_THAN_EQUAL_TO',
];
const FILTER = [...RANGE, 'CONTAINS', 'NOT_CONTAINS', 'NOT_EQUAL_TO', 'EXISTS', 'NOT_EXISTS'];
const MAX_CONDITIONS = 100;

/** Reads `{and: [...]}` or `{or: [...]}`; never both, never empty. */
export function readConditions(schema: EntitySchema, raw: unknown): ConditionSet {
  const { and, or } = (raw ?? {}) as { and?: unknown; or?: unknown };
  const list = and ?? or;
  if (!Array.isArray(list) || list.length === 0 || (and !== undefined && or !== undefined))
    throw badRequest('Conditions must be a non-empty list under either "and" or "or"');
  if (list.length > MAX_CONDITIONS) throw badRequest(`At most ${MAX_CONDITIONS} conditions are allowed`);
  const conditions = list as Condition[];
  for (const { property, condition, values } of conditions) {
    const type = schema.attributes.get(property);
    if (type === undefined)
      throw new Refusal(400, 'INVALID_ATTRIBUTE', `Attribute ${property} of entity ${schema.name} is not declared`);
    checkShape(condition, values, FILTER);
    if (condition !== 'EXISTS' && condition !== 'NOT_EXISTS' && !values.every((value) => isOfType(value, type)))
      throw new Refusal(400, 'INVALID_VALUE', `Condition on ${property} must compare with a value of type ${type}`);
  }
  return { operator: and !== undefined ? 'and' : 'or', conditions };
}

/** Reads the condition on an index's range attribute. */
export function readRange(raw: unknown): Omit<Condition, 'property'> | undefined {
  if (raw === undefined || raw === null) return undefined;
  const { condition, values } = raw as Condition;
  checkShape(condition, values, RANGE);
  return { condition, values };
}

function checkShape(condition: unknown, values: unknown, known: string[]): void {
  if (typeof condition !== 'string' || !known.includes(condition))
    throw badRequest(`Unknown condition ${String(condition)}`);
  if (!Array.isArray(values) || values.length !== (condition === 'BETWEEN' ? 2 : 1))
    throw badRequest(`Condition ${condition} has the wrong number of values`);
}

export function fulfils(row: Record<string, unknown> | undefined, set: ConditionSet): boolean {
  const test = (one: Condition) => holds(row?.[one.property], one);
  return set.operator === 'and' ? set.conditions.every(test) : set.conditions.some(test);
}

/** An absent attribute fulfils only the negative conditions, as in the database behind Forge. */
export function holds(value: unknown, { condition, values }: Omit<Condition, 'property'>): boolean {
  const absent = value === undefined || value === null;
  const [first, second] = values;
  switch (condition) {
    case 'EXISTS':
      return !absent;
    case 'NOT_EXISTS':
      return absent;
    case 'NOT_EQUAL_TO':
      return value !== first;
    case 'NOT_CONTAINS':
      return !contains(value, first);
    case 'CONTAINS':
      return contains(value, first);
    case 'EQUAL_TO':
      return value === first;
    case 'BEGINS_WITH':
      return !absent && String(value).startsWith(String(first));
    case 'BETWEEN':
      return ordered(first, value) <= 0 && ordered(value, second) <= 0;
    case 'GREATER_THAN':
      return ordered(value, first) > 0;
    case 'GREATER_THAN_EQUAL_TO':
      return ordered(value, first) >= 0;
    case 'LESS_THAN':
      return ordered(value, first) < 0;
    case 'LESS_THAN_EQUAL_TO':
      return ordered(value, first) <= 0;
    default:
      return false;
  }
}

function contains(value: unknown, part: unknown): boolean {
  if (typeof value === 'string') return value.includes(String(part));
  return Array.isArray(value) && value.includes(part);
}

/** NaN, which is in no order with anything, unless both are of one kind. */
function ordered(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a === b ? 0 : a < b ? -1 : 1;
  return NaN;
}
