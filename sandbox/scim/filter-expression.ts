import SCIMMY from 'scimmy';

export type Comparator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';
export type Literal = string | number | boolean | null;

export type Expression =
  | { kind: 'and' | 'or'; of: Expression[] }
  | { kind: 'not'; of: Expression }
  /** `members[value eq "x"]`: one and the same value fulfils the inner filter. */
  | { kind: 'some'; path: string; of: Expression }
  | { kind: 'present'; path: string }
  | { kind: 'compare'; path: string; comparator: Comparator; value: Literal };

const COMPARATORS = new Set<string>(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']);
const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|([()[\]])|([^\s()[\]"]+))/y;

/**
 * Reads a filter as RFC 7644, 3.4.2.2 writes it.
 *
 * scimmy has a parser of its own, but it keeps one expression per attribute and so loses the second half of
 * `members pr and members.value eq "x"`; an answer that ignores half the question would prove things falsely.
 */
export function parseFilter(text: string): Expression {
  const tokens = tokenise(text);
  let at = 0;
  const word = (expected: string) => tokens[at]?.toLowerCase() === expected && ++at > 0;
  const demand = (expected: string) => {
    if (!word(expected)) refuse(`expected '${expected}' before '${tokens[at] ?? 'the end'}'`);
  };
  const next = (what: string) => tokens[at++] ?? refuse(`${what} is missing at the end`);

  const joined = (kind: 'and' | 'or', part: () => Expression): Expression => {
    const of = [part()];
    while (word(kind)) of.push(part());
    return of.length === 1 ? (of[0] as Expression) : { kind, of };
  };
  const either = (): Expression => joined('or', () => joined('and', term));
  const grouped = (close: string): Expression => {
    const inner = either();
    demand(close);
    return inner;
  };
  const term = (): Expression => {
    if (word('not')) {
      demand('(');
      return { kind: 'not', of: grouped(')') };
    }
    return word('(') ? grouped(')') : comparison();
  };
  const comparison = (): Expression => {
    const path = next('an attribute');
    if (!/^[a-z$]/i.test(path)) refuse(`'${path}' is not an attribute`);
    if (word('[')) return { kind: 'some', path, of: grouped(']') };
    const comparator = next('an operator').toLowerCase();
    if (comparator === 'pr') return { kind: 'present', path };
    if (!COMPARATORS.has(comparator)) refuse(`'${comparator}' is not an operator`);
    return { kind: 'compare', path, comparator: comparator as Comparator, value: literal(next('a value')) };
  };

  const whole = either();
  if (at < tokens.length) refuse(`unexpected '${tokens[at]}'`);
  return whole;
}

function tokenise(text: string): string[] {
  const tokens: string[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const token = TOKEN.exec(text);
    if (!token) return refuse(`cannot read '${text.slice(from)}'`);
    tokens.push((token[1] ?? token[2] ?? token[3]) as string);
  }
  return tokens;
}

function literal(token: string): Literal {
  try {
    const value: unknown = JSON.parse(/^(true|false|null)$/i.test(token) ? token.toLowerCase() : token);
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as Literal;
  } catch {
    // Not JSON, so not a comparison value either.
  }
  return refuse(`'${token}' is not a comparison value`);
}

function refuse(why: string): never {
  throw new SCIMMY.Types.Error(400, 'invalidFilter', `Invalid filter: ${why}`);
}
