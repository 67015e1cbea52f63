/** A base URL the app may call, or a sentence for the admin who typed it. */
export type CanonicalTarget =
  { readonly ok: true; readonly url: string; readonly origin: string } | { readonly ok: false; readonly why: string };

const hostLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
// A top-level domain of letters alone: this is what keeps every spelling of an IP address out (127.1, 0x7f.1, 2130706433).
const topLevelDomain = /^[a-z]{2,63}$/;
const pathSegment = /^[A-Za-z0-9._~!$&'()*+,;=:-]+$/;
// Names that resolve inside somebody's network, or nowhere in the public one.
const localTopLevelDomains: ReadonlySet<string> = new Set([
  'localhost',
  'localdomain',
  'local',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'arpa',
  'onion',
  'invalid',
]);

/**
 * The one form of a target's base URL: `https://host/path`, host and scheme in lower case, no trailing slash. Refused is
 * everything that two URL parsers could read differently (`\`, user information, tabs, escapes, full-width letters) and
 * everything that does not name a public host. The rules are written against the text itself; `new URL` then has to
 * come to exactly the same result, so neither of the two readings is trusted alone.
 */
export function canonicalTarget(text: string): CanonicalTarget {
  if (text.length > 1024) return no('The address is too long.');
  if (!/^[\x21-\x7e]*$/.test(text)) {
    return no(
      'The address may hold only plain letters, digits and punctuation: no spaces, tabs or letters of other scripts.',
    );
  }
  const scheme = /^https:\/\//i.exec(text);
  if (!scheme) return no('The address must begin with https://.');
  if (text.includes('\\')) return no('The address must not contain a backslash.');
  if (text.includes('@')) return no('The address must not contain @: credentials are entered in their own field.');
  if (/[?#]/.test(text)) return no('The address must end with the path: no ? and no #.');
  if (text.includes('%')) return no('The address must not contain % escapes.');

  const [authority = '', ...rest] = text.slice(scheme[0].length).split('/');
  const host = authority.replace(/:443$/, '').toLowerCase();
  if (host.includes(':')) return no('The address must not name a port, and no IPv6 address.');
  const hostFault = faultOfHost(host);
  if (hostFault) return no(hostFault);

  const segments = rest.at(-1) === '' ? rest.slice(0, -1) : rest;
  if (segments.some((segment) => !pathSegment.test(segment) || segment === '.' || segment === '..')) {
    return no('The path of the address must be made of plain names: no //, no . or .. and no unusual characters.');
  }

  const origin = `https://${host}`;
  const url = [origin, ...segments].join('/');
  const parsed = parse(url);
  const same =
    parsed !== undefined &&
    parsed.origin === origin &&
    parsed.host === host &&
    parsed.username === '' &&
    parsed.password === '' &&
    parsed.search === '' &&
    parsed.hash === '' &&
    parsed.pathname === (segments.length === 0 ? '/' : `/${segments.join('/')}`) &&
    parse(text)?.host === host;
  return same ? { ok: true, url, origin } : no('The address is not a plain https address.');
}

function faultOfHost(host: string): string | undefined {
  if (host === '' || host.length > 253) return 'The address must name a host.';
  if (host.endsWith('.')) return 'The host name must not end with a dot.';
  const labels = host.split('.');
  const last = labels.at(-1) ?? '';
  if (localTopLevelDomains.has(last))
    return 'The host must be reachable from the internet: local and internal names are refused.';
  if (labels.length < 2) return 'The host needs a full name, such as scim.example.com.';
  if (/^[0-9.]+$/.test(host) || !topLevelDomain.test(last)) {
    return 'The host must be a name: IP addresses are refused, and the last part of the name has letters only.';
  }
  // Labels with hyphens in third and fourth place are reserved; the only ones in use are encoded scripts (xn--).
  if (labels.some((label) => /^..--/.test(label)))
    return 'Host names in other scripts (xn--) are refused because they can look like another host.';
  if (labels.some((label) => !hostLabel.test(label))) return 'The host name is not a valid one.';
  return undefined;
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function no(why: string): CanonicalTarget {
  return { ok: false, why };
}
