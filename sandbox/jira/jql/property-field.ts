import type { SearchAlias } from '../../contracts';
import { propertyValue } from '../issues/properties';
import type { IssueRecord } from '../records';
import type { Site } from '../site-state';
import { instantOf, instantTest } from './dates';
import { emptinessTest, isNegative, unsupported, type Searchable, type Test } from './searchable';

/** A path of an issue property that the app's manifest has declared for the index. */
export function propertyField(site: Site, alias: SearchAlias): Searchable {
  const raw = (issue: IssueRecord): unknown => valueAt(propertyValue(site, issue.id, alias.propertyKey), alias.path);
  const text = (issue: IssueRecord): string | null => {
    const value = raw(issue);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
  };
  if (alias.type === 'date') return dateProperty(raw);
  return {
    test(clause) {
      const emptiness = emptinessTest(clause, (issue) => text(issue) === null);
      if (emptiness !== undefined) return emptiness;
      const wanted = clause.operands.map((operand) => operand.text);
      const matches = comparison(alias, clause.operator, wanted);
      if (matches === undefined) throw unsupported(clause);
      return (issue) => {
        const value = text(issue);
        return value !== null && matches(value) !== isNegative(clause.operator);
      };
    },
    sortKey: (issue) => text(issue) ?? '',
  };
}

type Comparison = (value: string) => boolean;

function comparison(alias: SearchAlias, operator: string, wanted: readonly string[]): Comparison | undefined {
  const first = wanted[0] ?? '';
  switch (operator) {
    case '=':
    case '!=':
    case 'in':
    case 'not in':
      return (value) => wanted.includes(value);
    case '~':
    case '!~':
      return (value) => value.toLowerCase().includes(first.toLowerCase());
  }
  if (alias.type !== 'number') return undefined;
  switch (operator) {
    case '<':
      return (value) => Number(value) < Number(first);
    case '<=':
      return (value) => Number(value) <= Number(first);
    case '>':
      return (value) => Number(value) > Number(first);
    case '>=':
      return (value) => Number(value) >= Number(first);
    default:
      return undefined;
  }
}

function dateProperty(raw: (issue: IssueRecord) => unknown): Searchable {
  const at = (issue: IssueRecord): number | null => {
    const value = raw(issue);
    const parsed = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : NaN;
    return Number.isNaN(parsed) ? null : parsed;
  };
  return {
    test: (clause, asker): Test =>
      emptinessTest(clause, (issue) => at(issue) === null) ??
      instantTest(
        clause,
        clause.operands.map((operand) => instantOf(clause, operand, asker)),
        at,
      ),
    sortKey: (issue) => at(issue) ?? 0,
  };
}

function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (found, name) =>
        typeof found === 'object' && found !== null && Object.hasOwn(found, name)
          ? (found as Record<string, unknown>)[name]
          : undefined,
      value,
    );
}
