import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { epochMs, later } from '../../src/domain/instant';
import {
  afterLook,
  isDue,
  leaverHash,
  leaverList,
  listDueAt,
  retryList,
  type Leaver,
  type WaitingLeaver,
} from '../../src/domain/leaver/leaver-list';
import { isTimely, nonceExpiry, sign, signatureFits, signedOf } from '../../src/domain/signature';

const now = '2026-11-23T09:00:00.000Z';
const secret = 'a secret that is long enough to be one';
const signed = { keyId: 'hr', timestamp: '2026-11-23T09:00:00Z', nonce: 'nonce-0123456789', signature: 'f'.repeat(64) };

describe('the signature of a list', () => {
  it('is the HMAC of timestamp, nonce and body, as any other implementation computes it', () => {
    const expected = createHmac('sha256', secret).update('2026-11-23T09:00:00Z\nnonce-0123456789\n{}').digest('hex');
    expect(sign(secret, signed, '{}')).toBe(expected);
  });

  it('fits its own message, and no message in which anything was changed', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(text, text, fc.string({ minLength: 32 }), (body, other, key) => {
        const message = { ...signed, signature: sign(key, signed, body) };
        expect(signatureFits(key, message, body)).toBe(true);
        expect(signatureFits(key, { ...message, signature: message.signature.toUpperCase() }, body)).toBe(true);
        expect(signatureFits(undefined, message, body)).toBe(false);
        expect(signatureFits(`${key}x`, message, body)).toBe(false);
        expect(signatureFits(key, { ...message, timestamp: '2026-11-23T09:00:01Z' }, body)).toBe(false);
        expect(signatureFits(key, { ...message, nonce: 'nonce-0123456780' }, body)).toBe(false);
        if (other !== body) expect(signatureFits(key, message, other)).toBe(false);
      }),
    );
  });

  it('does not fit when a single digit of it is another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 1, max: 15 }), (at, by) => {
        const right = sign(secret, signed, 'body');
        const digit = ((parseInt(right[at] ?? '', 16) + by) % 16).toString(16);
        const wrong = right.slice(0, at) + digit + right.slice(at + 1);
        expect(signatureFits(secret, { ...signed, signature: wrong }, 'body')).toBe(false);
      }),
    );
  });

  it.each<[string, Partial<Record<keyof typeof signed, string | undefined>>]>([
    ['no key', { keyId: undefined }],
    ['an empty key', { keyId: '' }],
    ['a key with a path in it', { keyId: '../hr' }],
    ['a key that is too long', { keyId: 'k'.repeat(101) }],
    ['no timestamp', { timestamp: undefined }],
    ['a timestamp with a line break', { timestamp: '2026-11-23T09:00:00Z\n' }],
    ['no nonce', { nonce: undefined }],
    ['a short nonce', { nonce: 'short' }],
    ['a nonce with a line break', { nonce: 'nonce-0123456789\n' }],
    ['a nonce that is too long', { nonce: 'n'.repeat(129) }],
    ['no signature', { signature: undefined }],
    ['a short signature', { signature: 'f'.repeat(63) }],
    ['a signature that is no hexadecimal', { signature: 'g'.repeat(64) }],
  ])('is not looked at when there is %s', (_name, change) => {
    expect(signedOf({ ...signed, ...change })).toBeUndefined();
    expect(signedOf(signed)).toEqual(signed);
  });

  it.each([
    ['2026-11-23T09:00:00Z', true],
    ['2026-11-23T10:05:00+01:00', true],
    ['2026-11-23T08:55:00Z', true],
    ['2026-11-23T08:54:59.999Z', false],
    ['2026-11-23T09:05:00.000Z', true],
    ['2026-11-23T09:05:00.001Z', false],
    ['2026-11-23T09:00:00', false],
    ['1763888400', false],
    ['2026-11-31T09:00:00Z', false],
  ])('given at %s is timely at 09:00: %s', (timestamp, timely) => {
    expect(isTimely(timestamp, now)).toBe(timely);
  });

  it('is never timely after its nonce may be forgotten', () => {
    fc.assert(
      fc.property(fc.integer({ min: -300_000, max: 300_000 }), fc.integer({ min: 0, max: 2_000_000 }), (skew, wait) => {
        const at = later(now, skew);
        expect(isTimely(at, now)).toBe(true);
        const then = later(now, wait);
        if (then >= nonceExpiry(now)) expect(isTimely(at, then)).toBe(false);
      }),
    );
  });
});

const leaver = (value: string, at = now): Leaver => ({ who: { by: 'login', value }, kind: 'leaver', at });
const arbitraryLeaver = fc.record({
  who: fc.record({
    by: fc.constantFrom('id' as const, 'login' as const, 'employee-number' as const),
    value: fc.string({ minLength: 1, maxLength: 8 }),
  }),
  kind: fc.constantFrom('leaver' as const, 'mover' as const, 'contract-ended' as const),
  at: fc.integer({ min: -1_000_000, max: 1_000_000 }).map((ms) => later(now, ms)),
});

describe('a list of leavers', () => {
  it('is the same list in whatever order and however often its entries come', () => {
    fc.assert(
      fc.property(fc.array(arbitraryLeaver, { maxLength: 12 }), (entries) => {
        const list = leaverList(entries, 'hr', now);
        const again = leaverList([...entries].reverse().concat(entries), 'other', later(now, 60_000));
        expect(again.id).toBe(list.id);
        expect(new Set(list.entries.map(leaverHash)).size).toBe(list.entries.length);
      }),
    );
  });

  it('takes a login in upper and lower case for one, and an id not', () => {
    expect(leaverHash(leaver('Rita@acme.test'))).toBe(leaverHash(leaver('rita@acme.test')));
    const id = (value: string): Leaver => ({ ...leaver(''), who: { by: 'id', value } });
    expect(leaverHash(id('Ab'))).not.toBe(leaverHash(id('ab')));
  });

  it('is looked at when its first entry is due, and no entry is due before its own instant', () => {
    fc.assert(
      fc.property(fc.array(arbitraryLeaver, { minLength: 1 }), fc.integer({ min: 0, max: 2_000_000 }), (all, wait) => {
        const list = leaverList(all, 'hr', now);
        const then = later(now, wait);
        for (const entry of list.entries) expect(isDue(entry, then)).toBe(entry.at <= then);
        const first = list.entries.map((entry) => entry.nextAt ?? '').sort()[0];
        expect(listDueAt(list)).toBe(first);
      }),
    );
  });

  it('tries an entry that is not found with growing pauses for a week, and then gives up once', () => {
    let entry: WaitingLeaver = leaverList([leaver('who')], 'hr', now).entries[0] as WaitingLeaver;
    let tries = 0;
    const pauses: number[] = [];
    while (entry.nextAt !== undefined) {
      const at = entry.nextAt;
      const next = afterLook(entry, { looked: 'in-vain', problem: 'not-found' }, now, at) as WaitingLeaver;
      if (next.nextAt !== undefined) pauses.push(epochMs(next.nextAt) - epochMs(at));
      entry = next;
      tries += 1;
    }
    expect(tries).toBeLessThan(50);
    expect(pauses[0]).toBe(15 * 60_000);
    expect(Math.max(...pauses)).toBe(6 * 3_600_000);
    expect([...pauses].sort((a, b) => a - b)).toEqual(pauses);
    expect(entry.stuckAt !== undefined && entry.stuckAt >= later(now, 7 * 86_400_000)).toBe(true);
    expect(isDue(entry, later(now, 365 * 86_400_000))).toBe(false);
    const list = { ...leaverList([], 'hr', now), entries: [entry] };
    expect(retryList(list, now)?.entries[0]).toMatchObject({ nextAt: now });
    expect(retryList({ ...list, entries: [] }, now)).toBeUndefined();
  });

  it('looks twice at what was applied, and on while the identity may still be given something', () => {
    const [entry] = leaverList([leaver('who')], 'hr', now).entries as [WaitingLeaver];
    const look = (mayBeGranted: boolean) => ({ looked: 'applied' as const, identityId: 'i1', mayBeGranted });
    const first = afterLook(entry, look(false), now, now) as WaitingLeaver;
    expect(first).toMatchObject({ applied: { at: now, identityId: 'i1' }, nextAt: later(now, 3_600_000) });
    expect(afterLook(first, look(false), now, later(now, 3_600_000))).toBeUndefined();
    const open = afterLook(first, look(true), now, later(now, 3_600_000)) as WaitingLeaver;
    expect(open.applied?.at).toBe(now);
    expect(open.nextAt).toBe(later(now, 25 * 3_600_000));
    expect(afterLook(entry, { looked: 'known-already' }, now, now)).toBeUndefined();
  });
});
