import fc from 'fast-check';
import { judge, type Expectation, type Hold, type Observation } from '../../src/domain/verification/judge';

const expectation = (changeKind: Expectation['changeKind'], replaces: Expectation['replaces'] = []): Expectation => ({
  changeKind,
  account: { id: 'u', login: 'u' },
  entitlement: { id: 'g', name: 'G' },
  replaces,
});
const seen = (over: Partial<Observation>): Observation => ({
  at: '2026-11-23T09:00:00.000Z',
  hold: 'none',
  through: [],
  replaced: {},
  account: 'active',
  rawHash: 'h',
  calls: 1,
  bytes: 1,
  ...over,
});

it.each<[Expectation['changeKind'], Partial<Observation>, string, string]>([
  ['grant', { hold: 'direct' }, 'confirmed', 'held'],
  ['grant', { hold: 'direct', account: 'unknown' }, 'confirmed', 'held'],
  ['grant', { hold: 'none' }, 'absent', 'not-held'],
  ['grant', { hold: 'indirect' }, 'different', 'held-through-another-path'],
  ['grant', { hold: 'direct', account: 'inactive' }, 'different', 'account-inactive'],
  ['grant', { hold: 'pending' }, 'pending', 'waiting-in-target'],
  ['grant', { hold: 'unknown', failure: 'timeout' }, 'unreadable', 'timeout'],
  ['grant', { hold: 'none', account: 'gone' }, 'absent', 'account-gone'],
  ['revoke', { hold: 'none' }, 'confirmed', 'gone'],
  ['revoke', { hold: 'none', account: 'gone' }, 'confirmed', 'account-gone'],
  ['revoke', { hold: 'direct' }, 'different', 'still-held'],
  ['revoke', { hold: 'indirect' }, 'different', 'held-through-another-path'],
  ['revoke', { hold: 'pending' }, 'pending', 'waiting-in-target'],
  ['revoke', { hold: 'unknown', failure: 'unreachable' }, 'unreadable', 'unreachable'],
  ['revoke', { hold: 'unknown' }, 'unreadable', 'incomplete'],
])('judges a %s that shows %j as %s (%s)', (kind, over, verdict, reason) => {
  expect(judge(expectation(kind), seen(over))).toMatchObject({ verdict, reason });
});

describe('a change of level', () => {
  const asked = expectation('modify', [{ entitlementId: 'old', name: 'Old' }]);
  it.each<[Hold, Hold | undefined, string]>([
    ['direct', 'none', 'confirmed'],
    ['direct', 'direct', 'different'],
    ['direct', 'indirect', 'different'],
    ['direct', 'unknown', 'unreadable'],
    ['direct', undefined, 'unreadable'],
    ['none', 'none', 'absent'],
    ['none', 'direct', 'absent'],
  ])('with the new level %s and the old one %s is %s', (hold, old, verdict) => {
    expect(judge(asked, seen({ hold, replaced: old === undefined ? {} : { old } })).verdict).toBe(verdict);
  });
});

it('confirms nothing that was not positively seen, for any observation', () => {
  const holds = fc.constantFrom<Hold>('direct', 'indirect', 'pending', 'none', 'unknown');
  const accounts = fc.constantFrom<Observation['account']>('active', 'inactive', 'gone', 'unknown');
  fc.assert(
    fc.property(
      fc.constantFrom<Expectation['changeKind']>('grant', 'modify', 'revoke'),
      holds,
      holds,
      accounts,
      (kind, hold, old, account) => {
        const asked = expectation(kind, kind === 'modify' ? [{ entitlementId: 'old', name: 'Old' }] : []);
        const { verdict } = judge(asked, seen({ hold, account, replaced: { old } }));
        const proven =
          kind === 'revoke'
            ? hold === 'none'
            : hold === 'direct' && account !== 'inactive' && account !== 'gone' && (kind === 'grant' || old === 'none');
        expect(verdict === 'confirmed').toBe(proven);
      },
    ),
  );
});
