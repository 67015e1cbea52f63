/**
 * The text of a request's URL under a canonical base. Every path segment and every query value is encoded, so that no
 * identifier can leave its place. Undefined when an identifier cannot stand in a path at all: empty, `.`, `..` or not
 * well-formed text.
 */
export function requestUrl(
  base: string,
  segments: readonly string[],
  query: Readonly<Record<string, string>> = {},
): string | undefined {
  // URL parsers resolve dot segments, and encodeURIComponent leaves dots alone.
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) return undefined;
  try {
    const path = [base, ...segments.map(encoded)].join('/');
    // Spaces as %20: servers that do not speak form encoding would read a plus sign.
    const search = Object.entries(query).map(([name, value]) => `${encoded(name)}=${encodeURIComponent(value)}`);
    const text = search.length === 0 ? path : `${path}?${search.join('&')}`;
    const url = new URL(text);
    return url.href.startsWith(`${base}/`) && url.origin === new URL(base).origin ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** A dollar sign may stand in a path (RFC 3986, 3.3), and OData has operations that are known by it: `$ref`, `$select`. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll('%24', '$');
}
