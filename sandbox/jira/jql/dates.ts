import type { IssueRecord } from '../records';
import { refuse } from '../refusal';
import type { Clause, Operand } from './query';
import { emptinessTest, unsupported, type Asker, type Searchable, type Test } from './searchable';

const units: Record<string, number> = { w: 7 * 86_400_000, d: 86_400_000, h: 3_600_000, m: 60_000 };

/** Instants. Dates without a zone are read in UTC, the zone of the app's own account. */
export function instants(at: (issue: IssueRecord) => number | null): Searchable {
  return {
    test(clause, asker) {
      const emptiness = emptinessTest(clause, (issue) => at(issue) === null);
      if (emptiness !== undefined) return emptiness;
      const wanted = clause.operands.map((operand) => instantOf(clause, operand, asker));
      return instantTest(clause, wanted, at);
    },
    sortKey: (issue) => at(issue) ?? 0,
  };
}

/** Compares instants to the minute when they are compared for equality, as Jira does. */
export function instantTest(
  clause: Clause,
  wanted: readonly number[],
  at: (issue: IssueRecord) => number | null,
): Test {
  const compare = (issue: IssueRecord, test: (value: number) => boolean): boolean => {
    const value = at(issue);
    return value !== null && test(value);
  };
  const first = wanted[0] ?? 0;
  const among = (value: number): boolean => wanted.some((other) => minute(value) === minute(other));
  switch (clause.operator) {
    case '<':
      return (issue) => compare(issue, (value) => value < first);
    case '<=':
      return (issue) => compare(issue, (value) => value <= first);
    case '>':
      return (issue) => compare(issue, (value) => value > first);
    case '>=':
      return (issue) => compare(issue, (value) => value >= first);
    case '=':
    case 'in':
      return (issue) => compare(issue, among);
    case '!=':
    case 'not in':
      return (issue) => compare(issue, (value) => !among(value));
    default:
      throw unsupported(clause);
  }
}

const minute = (at: number): number => Math.floor(at / 60_000);

export function instantOf(clause: Clause, operand: Operand, asker: Asker): number {
  if (operand.kind === 'function') {
    if (operand.name === 'now') return asker.site.clock.now();
    throw refuse(400, `Unable to find JQL function '${operand.text}'.`);
  }
  const at = relative(operand.text, asker.site.clock.now()) ?? absolute(operand.text);
  if (at === undefined) {
    throw refuse(
      400,
      `Date value '${operand.text}' for field '${clause.field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', ` +
        `'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
    );
  }
  return at;
}

function relative(text: string, now: number): number | undefined {
  const match = /^([+-]?)((?:\d+[wdhm]\s*)+)$/.exec(text.trim());
  if (match === null) return undefined;
  const span = [...(match[2] ?? '').matchAll(/(\d+)([wdhm])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (units[unit ?? 'm'] ?? 0),
    0,
  );
  return match[1] === '-' ? now - span : now + span;
}

function absolute(text: string): number | undefined {
  const match = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?: (\d{1,2}):(\d{2}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [year, month, day, hour, minutes] = [match[1], match[3], match[4], match[5] ?? '0', match[6] ?? '0'].map(
    Number,
  ) as [number, number, number, number, number];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minutes > 59) return undefined;
  return Date.UTC(year, month - 1, day, hour, minutes);
}
