/**
 * `attribute eq "value"` with the value as exactly one literal, whatever it contains. RFC 7644 takes JSON strings. Quotes
 * and backslashes are written as \u escapes rather than \" and \\: both mean the same to a server that knows JSON, and a
 * server that looks only for the next quote finds none inside.
 */
export function equals(attribute: string, value: string): string {
  const literal = JSON.stringify(value)
    .slice(1, -1)
    .replace(/\\["\\]/g, (escaped) => (escaped === '\\"' ? '\\u0022' : '\\u005c'));
  return `${attribute} eq "${literal}"`;
}
