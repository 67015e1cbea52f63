import type { User } from './organisation';

/** Properties that `filter` knows; `search` knows all of them. */
const filterable = ['id', 'status', 'profile.login', 'profile.email', 'profile.firstName', 'profile.lastName'];

/** A predicate for `property eq "value"`, joined by `and`; undefined when the expression is none of these. */
export function userFilter(expression: string, by: 'filter' | 'search'): ((user: User) => boolean) | undefined {
  const tests: Array<(user: User) => boolean> = [];
  let rest = expression;
  for (;;) {
    const [whole, property = '', literal = ''] = /^\s*([A-Za-z.]+)\s+eq\s+("(?:[^"\\]|\\.)*")\s*/.exec(rest) ?? [];
    if (whole === undefined || (by === 'filter' && !filterable.includes(property))) return undefined;
    const wanted = textOf(literal);
    if (wanted === undefined) return undefined;
    tests.push((user) => valueOf(user, property)?.toLowerCase() === wanted.toLowerCase());
    rest = rest.slice(whole.length);
    if (rest === '') return (user) => tests.every((test) => test(user));
    if (!rest.startsWith('and ')) return undefined;
    rest = rest.slice(4);
  }
}

/** The one value that `property eq "value"` asks for. */
export function valueAsked(expression: string, property: string): string | undefined {
  const prefix = `${property} eq `;
  return expression.startsWith(prefix) ? textOf(expression.slice(prefix.length)) : undefined;
}

function valueOf(user: User, property: string): string | undefined {
  if (property === 'id' || property === 'status') return user[property];
  return property.startsWith('profile.') ? user.profile[property.slice('profile.'.length)] : undefined;
}

function textOf(literal: string): string | undefined {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
