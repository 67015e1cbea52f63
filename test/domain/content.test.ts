import fc from 'fast-check';
import { canonicalJson } from '../../src/domain/canonical';
import { durationMs, parseInstant } from '../../src/domain/instant';
import { displayText, identifier } from '../../src/domain/text';
import { anItem } from './builders';

it('writes equal values in one form whatever the order of their keys', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean())), (value) => {
      const shuffled = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalJson(shuffled)).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual({ ...value });
    }),
  );
});

it('hashes neither names nor justification but every part of what is approved', () => {
  const hash = anItem().contentHash;
  expect(anItem({ identity: { ...anItem().identity, name: 'R. Rees', login: 'rr' } }).contentHash).toBe(hash);
  expect(anItem({ entitlement: { ...anItem().entitlement, name: 'Renamed' } }).contentHash).toBe(hash);
  expect(anItem({ entitlement: { ...anItem().entitlement, level: 'owner' } }).contentHash).not.toBe(hash);
  expect(anItem({ period: { duration: 'PT8H' } }).contentHash).not.toBe(hash);
});

it.each([
  ['Finance Approvers', 'Finance Approvers'],
  ['  Finance   Approvers ', 'Finance Approvers'],
  ['Zu\u0308rich', 'Zürich'],
])('takes the identifier %j as %j', (text, value) => {
  expect(identifier(text)).toEqual({ ok: true, value });
});

it.each([
  ['Finance\u200b Approvers', 'invisible'],
  ['Finance \u202eApprovers', 'invisible'],
  ['Fin\u0430nce Approvers', 'confusable'],
  ['Ｆinance Approvers', 'confusable'],
  ['ﬁnance', 'confusable'],
  ['   ', 'empty'],
  ['x'.repeat(256), 'too-long'],
])('refuses the identifier %j as %s', (text, fault) => {
  expect(identifier(text)).toEqual({ ok: false, fault });
});

it('shows hostile text harmless and bounded', () => {
  expect(displayText('a\u202eb\nc')).toBe('a\\u{202e}b c');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 800 }), (text) => {
      const shown = displayText(text, 100);
      expect(Array.from(shown).length).toBeLessThanOrEqual(100);
      expect(shown).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\n\r]/);
    }),
  );
});

it.each([
  ['PT8H', 8 * 3_600_000],
  ['P90D', 90 * 86_400_000],
  ['P1DT2H3M4S', 93_784_000],
  ['P', undefined],
  ['PT', undefined],
  ['P1Y', undefined],
  ['8h', undefined],
])('reads the duration %s as %s ms', (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});

it.each([
  ['2027-01-31T00:00:00.000+0000', '2027-01-31T00:00:00.000Z'],
  ['2027-01-31T01:00:00+01:00', '2027-01-31T00:00:00.000Z'],
  ['2027-01-31T00:00Z', '2027-01-31T00:00:00.000Z'],
  ['2027-02-30T00:00:00Z', undefined],
  ['2027-01-31', undefined],
  ['2027-01-31T00:00:00', undefined],
  ['soon', undefined],
])('reads the instant %s as %s', (text, instant) => {
  expect(parseInstant(text)).toBe(instant);
});
