import type { Comparator, Expression, Literal } from './filter-expression';

/** RFC 7643 calls these case-exact; every other text is compared without regard to case. */
const CASE_EXACT = new Set([
  'id',
  'externalid',
  '$ref',
  'resourcetype',
  'created',
  'lastmodified',
  'location',
  'version',
]);
const CORE = /^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):/i;
const EXTENSION = /^(urn:ietf:params:scim:schemas:extension:[^:]+:2\.0:user)(?::(.+))?$/i;

/** Whether a resource fulfils a filter. An attribute that the resource lacks is simply not there. */
export function matches(expression: Expression, resource: unknown): boolean {
  switch (expression.kind) {
    case 'and':
      return expression.of.every((part) => matches(part, resource));
    case 'or':
      return expression.of.some((part) => matches(part, resource));
    case 'not':
      return !matches(expression.of, resource);
    case 'some':
      return valuesAt(resource, expression.path).some((value) => matches(expression.of, value));
    case 'present':
      return valuesAt(resource, expression.path).some(isPresent);
    case 'compare':
      return compareAny(valuesAt(resource, expression.path), expression.comparator, expression.value, expression.path);
  }
}

/** All values an attribute path leads to; a multi-valued attribute on the way contributes each of its values. */
function valuesAt(resource: unknown, path: string): unknown[] {
  let values: unknown[] = [resource];
  for (const step of stepsOf(path)) {
    values = values.flatMap((value) => {
      const found = attribute(value, step);
      return Array.isArray(found) ? (found as unknown[]) : found === undefined || found === null ? [] : [found];
    });
  }
  return values;
}

function stepsOf(path: string): string[] {
  const extension = EXTENSION.exec(path);
  if (extension) return [extension[1] as string, ...(extension[2]?.split('.') ?? [])];
  return path.replace(CORE, '').split('.');
}

function attribute(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const key = Object.keys(value).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : (value as Record<string, unknown>)[key];
}

function isPresent(value: unknown): boolean {
  if (value === '' || value === null || value === undefined) return false;
  return typeof value !== 'object' || Object.values(value).some(isPresent);
}

function compareAny(values: unknown[], comparator: Comparator, expected: Literal, path: string): boolean {
  if (comparator === 'ne') return !compareAny(values, 'eq', expected, path);
  if (expected === null) return comparator === 'eq' && !values.some(isPresent);
  const exact = CASE_EXACT.has((stepsOf(path).at(-1) ?? '').toLowerCase());
  // The value of a complex attribute is its `value`: `members eq "x"`.
  return values.some((value) =>
    compare(typeof value === 'object' ? attribute(value, 'value') : value, comparator, expected, exact),
  );
}

function compare(actual: unknown, comparator: Comparator, expected: Literal, exact: boolean): boolean {
  if (typeof actual === 'string' && typeof expected === 'string') {
    return exact
      ? compareText(actual, comparator, expected)
      : compareText(actual.toLowerCase(), comparator, expected.toLowerCase());
  }
  // Entra sends booleans as text.
  if (typeof actual === 'boolean') return comparator === 'eq' && String(actual) === String(expected).toLowerCase();
  if (typeof actual === 'number' && typeof expected === 'number') return ordered(actual - expected, comparator);
  return false;
}

function compareText(actual: string, comparator: Comparator, expected: string): boolean {
  if (comparator === 'co') return actual.includes(expected);
  if (comparator === 'sw') return actual.startsWith(expected);
  if (comparator === 'ew') return actual.endsWith(expected);
  // Instants are compared as instants: the same moment may be written with another offset.
  const dates = [actual, expected].map((text) => (/^\d{4}-\d\d-\d\dt/i.test(text) ? Date.parse(text) : NaN)) as [
    number,
    number,
  ];
  if (!dates.some(Number.isNaN)) return ordered(dates[0] - dates[1], comparator);
  return ordered(actual < expected ? -1 : actual > expected ? 1 : 0, comparator);
}

function ordered(difference: number, comparator: Comparator): boolean {
  if (comparator === 'eq') return difference === 0;
  if (comparator === 'gt') return difference > 0;
  if (comparator === 'ge') return difference >= 0;
  if (comparator === 'lt') return difference < 0;
  return comparator === 'le' && difference <= 0;
}
