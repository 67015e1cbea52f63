/**
 * The address of the next page as a `Link` header gives it (RFC 8288), with the header of several joined by commas.
 * `none` when the header names no next page; undefined when it cannot be understood.
 */
export function nextLink(header: string | undefined): string | 'none' | undefined {
  if (header === undefined || header.trim() === '') return 'none';
  const links = [...header.matchAll(/<([^<>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^\s;,"]+))*)\s*(?:,|$)/g)];
  if (links.length === 0) return undefined;
  const next = links.filter(([, , parameters = '']) =>
    /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\b)/i.test(parameters),
  );
  if (next.length > 1) return undefined;
  return next[0] ? next[0][1] : 'none';
}
