import type { IssueRecord, PersonRecord } from '../records';
import { refuse, type Refusal } from '../refusal';
import type { Site } from '../site-state';
import type { Clause, Operand, Operator } from './query';

/** Who asks, and of which site. */
export interface Asker {
  site: Site;
  actor: PersonRecord;
}

export type Test = (issue: IssueRecord) => boolean;

/** A field as JQL knows it. */
export interface Searchable {
  /** Turns a clause on this field into a test; throws a refusal for operators and values it does not take. */
  test(clause: Clause, asker: Asker): Test;
  /** What ORDER BY compares; absent: the field cannot be sorted by. */
  sortKey?(issue: IssueRecord): string | number;
}

const negative: readonly Operator[] = ['!=', '!~', 'not in', 'is not'];
export const isNegative = (operator: Operator): boolean => negative.includes(operator);

export function unsupported(clause: Clause): Refusal {
  return refuse(400, `The operator '${clause.operator}' is not supported by the '${clause.field}' field.`);
}

export const isEmptyOperand = (operand: Operand): boolean =>
  operand.kind === 'value' && !operand.quoted && ['empty', 'null'].includes(operand.text.toLowerCase());

/** `is empty` and `is not empty`, or undefined for every other operator. */
export function emptinessTest(clause: Clause, isEmpty: Test): Test | undefined {
  const operand = clause.operands[0];
  const asksEmpty = clause.operands.length === 1 && operand !== undefined && isEmptyOperand(operand);
  if (clause.operator === 'is' || clause.operator === 'is not') {
    if (!asksEmpty) throw refuse(400, `The operator '${clause.operator}' takes EMPTY or NULL only.`);
  } else if (!asksEmpty || (clause.operator !== '=' && clause.operator !== '!=')) {
    return undefined;
  }
  return isNegative(clause.operator) ? (issue) => !isEmpty(issue) : isEmpty;
}

/** A value that is one of a known set: `= != in, not in, is, is not`. A negative clause never matches an empty value. */
export function choice(
  values: (issue: IssueRecord) => readonly string[],
  resolve: (text: string, asker: Asker) => string | undefined,
  sortKey?: (issue: IssueRecord) => string | number,
): Searchable {
  return {
    test(clause, asker) {
      const emptiness = emptinessTest(clause, (issue) => values(issue).length === 0);
      if (emptiness !== undefined) return emptiness;
      if (!['=', '!=', 'in', 'not in'].includes(clause.operator)) throw unsupported(clause);
      const wanted = clause.operands.map((operand) => choiceId(clause, operand, resolve, asker));
      const matches: Test = (issue) => values(issue).some((value) => wanted.includes(value));
      return isNegative(clause.operator) ? (issue) => values(issue).length > 0 && !matches(issue) : matches;
    },
    ...(sortKey === undefined ? {} : { sortKey }),
  };
}

function choiceId(
  clause: Clause,
  operand: Operand,
  resolve: (text: string, asker: Asker) => string | undefined,
  asker: Asker,
): string {
  if (operand.kind === 'function') {
    if (operand.name === 'currentuser') return asker.actor.accountId;
    throw refuse(400, `Unable to find JQL function '${operand.text}'.`);
  }
  const id = resolve(operand.text, asker);
  if (id === undefined) {
    throw refuse(400, `The value '${operand.text}' does not exist for the field '${clause.field}'.`);
  }
  return id;
}

/** Text: `~` finds every word of the query, whatever its case; a single-line custom field also takes the whole value. */
export function freeText(text: (issue: IssueRecord) => string | null, exact = false): Searchable {
  const lower = (issue: IssueRecord): string => (text(issue) ?? '').toLowerCase();
  return {
    test(clause) {
      const emptiness = emptinessTest(clause, (issue) => lower(issue) === '');
      if (emptiness !== undefined) return emptiness;
      const matches = textTest(clause, lower, exact);
      if (matches === undefined) throw unsupported(clause);
      return isNegative(clause.operator) ? (issue) => text(issue) !== null && !matches(issue) : matches;
    },
    sortKey: lower,
  };
}

function textTest(clause: Clause, lower: (issue: IssueRecord) => string, exact: boolean): Test | undefined {
  const wanted = clause.operands.map((operand) => operand.text.toLowerCase());
  if (clause.operator === '~' || clause.operator === '!~') {
    const words = (wanted[0] ?? '').match(/[\p{L}\p{N}]+/gu) ?? [];
    return (issue) => words.every((word) => lower(issue).includes(word));
  }
  const takesWhole = exact && ['=', '!=', 'in', 'not in'].includes(clause.operator);
  return takesWhole ? (issue) => wanted.includes(lower(issue)) : undefined;
}
