import { EgressFilteringService } from '@forge/egress';
import * as fc from 'fast-check';
import { requestUrl } from '../../src/adapters/targets/http/request-url';
import { canonicalTarget } from '../../src/adapters/targets/http/url-policy';

describe('the address of a target', () => {
  it.each([
    ['https://scim.acme.test', 'https://scim.acme.test'],
    ['https://scim.acme.test/', 'https://scim.acme.test'],
    ['https://scim.acme.test:443/scim/v2/', 'https://scim.acme.test/scim/v2'],
    ['HTTPS://Acme.Okta.COM/scim/V2', 'https://acme.okta.com/scim/V2'],
    ['https://a-b.example.co.uk/~x/y_z/1.0', 'https://a-b.example.co.uk/~x/y_z/1.0'],
    ['https://3com.example/scim', 'https://3com.example/scim'],
  ])('%s is %s', (text, url) => {
    expect(canonicalTarget(text)).toEqual({ ok: true, url, origin: new URL(url).origin });
  });

  it.each(
    [
      '',
      'scim.acme.test',
      'http://scim.acme.test',
      'ftp://scim.acme.test',
      'https:/scim.acme.test',
      'https:scim.acme.test',
      'https:///scim.acme.test',
      'https://',
      'javascript:alert(1)//https://a.example',
      // Parser differentials: what a filter reads and what a URL parser reads are two hosts.
      'https://evil.com\\.okta.com/x',
      'https://evil.com\\@acme.okta.com/',
      'https:\\\\evil.com',
      'https://x@acme.okta.com',
      'https://user:secret@acme.okta.com',
      'https://acme.okta.com@evil.com',
      'https://@acme.okta.com',
      'https://acme.okta.com%2f@evil.com',
      'https://evil.com%2f.okta.com',
      'https://evil.com%00.okta.com',
      'https://evil.com?.okta.com',
      'https://evil.com#.okta.com',
      'https://evil.com;.okta.com',
      'https://acme.okta.com?',
      'https://acme.okta.com#',
      'https://acme.okta.com/scim?x=1',
      'https://acme.okta.com/scim#x',
      ' https://acme.okta.com',
      'https://acme.okta.com ',
      'https://acme.\tokta.com',
      'https://acme.\nokta.com',
      'https://acme.okta.com/a\r\nHost: evil',
      'https://acme\u0000.okta.com',
      // Ports, addresses, names of somebody's network.
      'https://acme.okta.com:8443',
      'https://acme.okta.com:80',
      'https://acme.okta.com:',
      'https://127.0.0.1',
      'https://127.1',
      'https://2130706433',
      'https://0x7f000001',
      'https://0x7f.1',
      'https://017700000001',
      'https://0177.0.0.1',
      'https://1.2.3.4.',
      'https://a.0x10',
      'https://a.8',
      'https://169.254.169.254/latest',
      'https://[::1]',
      'https://[::ffff:127.0.0.1]',
      'https://[::ffff:7f00:1]/x',
      'https://localhost',
      'https://localhost.',
      'https://x.localhost',
      'https://printer.local',
      'https://metadata.google.internal',
      'https://1.0.0.127.in-addr.arpa',
      'https://intranet',
      'https://acme.okta.com.',
      'https://.acme.okta.com',
      'https://acme..okta.com',
      'https://-acme.okta.com',
      'https://acme_x.okta.com',
      `https://${'a'.repeat(64)}.example`,
      `https://${'a.'.repeat(130)}example`,
      `https://a.example/${'a'.repeat(2000)}`,
      // Other scripts and things that look like plain letters.
      'https://xn--80ak6aa92e.com',
      'https://аpple.com',
      'https://ａcme.okta.com',
      'https://acme。okta.com',
      'https://acme.okta.com／x',
      'https://ⓔxample.com',
      'https://exam\u00adple.com',
      'https://exam\u200bple.com',
      // Paths that are not what they seem.
      'https://acme.okta.com//x',
      'https://acme.okta.com/x//',
      'https://acme.okta.com/../x',
      'https://acme.okta.com/a/..',
      'https://acme.okta.com/./x',
      'https://acme.okta.com/%2e%2e/x',
      'https://acme.okta.com/a%2fb',
      'https://acme.okta.com/a\\b',
      'https://acme.okta.com/a b',
      'https://acme.okta.com/é',
      'https://acme.okta.com/"x"',
    ].map((text) => [text]),
  )('%j is refused with a sentence', (text) => {
    expect(canonicalTarget(text)).toEqual({
      ok: false,
      why: expect.stringMatching(/^(?:The|Host names) .*\.$/) as string,
    });
  });

  // Text made of the pieces that URL parsers disagree about.
  const pieces = fc.constantFrom(
    ...[
      'https://',
      'HTTPS://',
      'http://',
      '//',
      '/',
      '\\',
      '@',
      ':',
      ':443',
      ':8443',
      '?',
      '#',
      '.',
      '..',
      '%2e',
      '%2f',
      '%00',
    ],
    ...[
      'acme',
      'okta.com',
      'evil.com',
      'localhost',
      'local',
      '127.0.0.1',
      '0x7f',
      '1',
      '[::1]',
      'xn--a',
      'а',
      '。',
      '．',
      '\t',
      '\n',
      ' ',
      '-',
      '_',
      '~',
    ],
  );
  const nasty = fc.oneof(
    fc.array(pieces, { maxLength: 10 }).map((all) => all.join('')),
    fc.array(pieces, { maxLength: 8 }).map((all) => `https://acme.okta.com${all.join('')}`),
    fc.array(pieces, { maxLength: 8 }).map((all) => `https://${all.join('')}.com/x`),
    fc.webUrl({ validSchemes: ['https'], withQueryParameters: false }),
    fc.string({ unit: 'binary' }).map((text) => `https://${text}`),
    fc.string({ unit: 'grapheme' }),
  );

  it('is read by the URL parser exactly as it was judged', () => {
    let accepted = 0;
    fc.assert(
      fc.property(nasty, (text) => {
        const target = canonicalTarget(text);
        if (!target.ok) return;
        accepted += 1;
        const [own, typed] = [new URL(target.url), new URL(text)];
        expect(own.origin).toBe(target.origin);
        expect(own.protocol).toBe('https:');
        expect([own.username, own.password, own.port, own.search, own.hash]).toEqual(['', '', '', '', '']);
        // The host is the text between the slashes: nobody can read another one out of it.
        expect(target.url.split('/')[2]).toBe(own.hostname);
        expect(typed.hostname).toBe(own.hostname);
        expect(own.hostname).toMatch(/^(?:[a-z0-9-]+\.)+[a-z]+$/);
        expect(own.pathname.replace(/\/$/, '')).toBe(target.url.slice(target.origin.length));
        expect(typed.pathname.replace(/\/$/, '')).toBe(own.pathname.replace(/\/$/, ''));
        // The canonical form is its own canonical form.
        expect(canonicalTarget(target.url)).toEqual(target);
      }),
      { numRuns: 5_000, seed: 7 },
    );
    expect(accepted).toBeGreaterThan(200);
  });

  // Finding: the filter reads `https://evil.com\\.okta.com` as a host of okta.com, the URL parser as evil.com.
  it('and every request under it has the host that the URL parser and the egress filter both see', () => {
    const strangers = ['okta.com', 'acme.okta.com', 'evil.com', 'https://*.okta.com', '*.evil.com', '*.com'];
    let accepted = 0;
    fc.assert(
      fc.property(nasty, fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, segment, value) => {
        const target = canonicalTarget(text);
        if (!target.ok) return;
        accepted += 1;
        const { hostname } = new URL(target.url);
        const sent = [target.url, requestUrl(target.url, ['Users', segment], { filter: value })];
        for (const url of sent.filter((one) => one !== undefined)) {
          expect(new URL(url).hostname).toBe(hostname);
          for (const allowed of [hostname, `https://${hostname}`, target.origin])
            expect(new EgressFilteringService([allowed]).isValidUrl(url)).toBe(true);
          for (const allowed of strangers) {
            const suffix = allowed.replace(/^(?:https:\/\/)?\*?/, '');
            const covered = allowed.includes('*') ? hostname.endsWith(suffix) : hostname === suffix;
            expect([allowed, url, new EgressFilteringService([allowed]).isValidUrl(url)]).toEqual([
              allowed,
              url,
              covered,
            ]);
          }
        }
      }),
      { numRuns: 20_000, seed: 11 },
    );
    expect(accepted).toBeGreaterThan(800);
  });
});

/** Lone surrogates have no place in a URL. */
const wellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

describe('the address of a request', () => {
  it('keeps every identifier in its own segment and every value in its own parameter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (id, value) => {
        const base = 'https://scim.acme.test/scim/v2';
        const text = requestUrl(base, ['Users', id], { filter: value, count: '1' });
        const unusable = ['', '.', '..'].includes(id) || !wellFormed(id) || !wellFormed(value);
        if (text === undefined) {
          expect(unusable).toBe(true);
          return;
        }
        expect(unusable).toBe(false);
        const url = new URL(text);
        expect(url.origin).toBe('https://scim.acme.test');
        expect(url.hash).toBe('');
        const segments = url.pathname.split('/');
        expect(segments.slice(0, 4)).toEqual(['', 'scim', 'v2', 'Users']);
        expect(segments).toHaveLength(5);
        expect(decodeURIComponent(segments[4] ?? '')).toBe(id);
        expect([...url.searchParams.keys()]).toEqual(['filter', 'count']);
        expect(url.searchParams.get('filter')).toBe(value);
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });
});
