import crypto from 'node:crypto';
import * as fc from 'fast-check';
import type { Connector } from '../../src/domain/connector';
import {
  keptSecret,
  secretAge,
  secretRule,
  secretRuleProblems,
  secretsToRenew,
} from '../../src/domain/connector-secret';
import { fingerprintOf, isAmong } from '../../src/domain/fingerprint';
import { later } from '../../src/domain/instant';

const setAt = '2026-06-01T00:00:00.000Z';
const after = (ms: number) => later(setAt, ms);
const day = 86_400_000;

describe('the age of a secret', () => {
  it.each([
    ['fresh', 0],
    ['fresh', 166 * day - 1],
    ['rotate-soon', 166 * day],
    ['rotate-soon', 180 * day - 1],
    ['too-old', 180 * day],
    ['too-old', 5_000 * day],
  ])('is %s after %d ms where the site says nothing', (age, ms) => {
    expect(secretAge({ setAt }, secretRule(undefined), after(ms))).toBe(age);
  });

  it('never gets younger', () => {
    const order = ['fresh', 'rotate-soon', 'too-old'];
    fc.assert(
      fc.property(fc.nat(400 * day), fc.nat(400 * day), fc.integer({ min: 1, max: 729 }), (a, b, days) => {
        const rule = secretRule({ secretMaxAge: `P${days}D` });
        const [young, old] = [Math.min(a, b), Math.max(a, b)].map((ms) => secretAge({ setAt }, rule, after(ms)));
        expect(order.indexOf(old ?? '')).toBeGreaterThanOrEqual(order.indexOf(young ?? ''));
        expect(secretAge({ setAt }, rule, after(days * day))).toBe('too-old');
        expect(secretAge({ setAt }, rule, after(days * day - 1))).toBe('rotate-soon');
        expect(secretAge({ setAt }, rule, setAt)).toBe('fresh');
        expect(secretRuleProblems({ secretMaxAge: `P${days}D` })).toEqual([]);
      }),
    );
  });

  it('is too old when nobody can say it', () => {
    expect(secretAge({ setAt: 'yesterday' }, secretRule(undefined), setAt)).toBe('too-old');
  });

  it.each([
    [{ secretMaxAge: 'PT1H' }, /one day at least/],
    [{ secretMaxAge: 'P800D' }, /two years at most/],
    [{ secretMaxAge: 'P30D', secretRemindBefore: 'P30D' }, /before the secret is too old/],
  ])('may not be ruled by %j', (site, problem) => {
    expect(secretRuleProblems(site).join(' ')).toMatch(problem);
  });

  it('is told of both secrets of a connector', () => {
    const secret = { fingerprint: 'a', setAt, origin: 'https://scim.acme.test' };
    const found = secretsToRenew(
      { secret, writeSecret: { ...secret, fingerprint: 'b', setAt: after(-30 * day) } },
      secretRule(undefined),
      after(170 * day),
    );
    expect(found.map(({ purpose, age }) => [purpose, age])).toEqual([
      ['read', 'rotate-soon'],
      ['write', 'too-old'],
    ]);
    expect(secretsToRenew({}, secretRule(undefined), setAt)).toEqual([]);
  });
});

describe('a stored secret', () => {
  const origin = 'https://scim.acme.test';
  const auth = { kind: 'oauth2', tokenUrl: `${origin}/token`, clientId: 'proofgate' } as const;
  const before: Connector = {
    id: 'c1',
    name: 'Target',
    kind: 'scim',
    baseUrl: `${origin}/v2`,
    origin,
    auth,
    directory: false,
    write: true,
    secret: { fingerprint: 'a', setAt, origin },
    writeSecret: { fingerprint: 'b', setAt, origin },
  };

  it('is kept when name, path or scope change', () => {
    const now = { ...before, name: 'Other', baseUrl: `${origin}/v3`, auth: { ...auth, scope: 'read' } };
    expect(keptSecret(before, now, 'read')).toBe(before.secret);
    expect(keptSecret(before, now, 'write')).toBe(before.writeSecret);
  });

  it.each<[string, Partial<Connector>]>([
    ['the origin', { origin: 'https://evil.test' }],
    ['the kind', { kind: 'keycloak' }],
    ['the token endpoint', { auth: { ...auth, tokenUrl: 'https://evil.test/token' } }],
    ['the client', { auth: { ...auth, clientId: 'other' } }],
    ['the way to sign in', { auth: { kind: 'bearer' } }],
  ])('is not when %s changes', (_what, change) => {
    expect(keptSecret(before, { ...before, ...change }, 'read')).toBeUndefined();
    expect(keptSecret(before, { ...before, ...change }, 'write')).toBeUndefined();
  });

  it('that writes goes its own way', () => {
    const writeAuth = { ...auth, clientId: 'writer' };
    expect(keptSecret(before, { ...before, writeAuth }, 'read')).toBe(before.secret);
    expect(keptSecret(before, { ...before, writeAuth }, 'write')).toBeUndefined();
  });
});

describe('a fingerprint', () => {
  it('is the same for a private key however its lines are broken, and for nothing else that differs', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nAAAA\nBBBB\n-----END PRIVATE KEY-----\n';
    expect(fingerprintOf(key.replaceAll('\n', '\r\n').trim())).toBe(fingerprintOf(key));
    expect(fingerprintOf('token ')).not.toBe(fingerprintOf('token'));
    expect(fingerprintOf('token')).toMatch(/^[0-9a-f]{12}$/);
  });

  it('E08: is compared with every other one, in the same time, whichever of them it is', () => {
    const known = ['aaa', 'bbb', 'ccc'];
    const compared = jest.spyOn(crypto, 'timingSafeEqual');
    for (const [one, found] of [
      ['aaa', true],
      ['ccc', true],
      ['aa', false],
      ['', false],
    ] as const) {
      compared.mockClear();
      expect(isAmong(one, known)).toBe(found);
      expect(compared).toHaveBeenCalledTimes(known.length);
    }
    expect(isAmong('a', [])).toBe(false);
    compared.mockRestore();
  });
});
