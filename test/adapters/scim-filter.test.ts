import * as fc from 'fast-check';
import SCIMMY from 'scimmy';
import { equals } from '../../src/adapters/targets/scim/filter';

/** scimmy reads a filter into attributes and comparisons; its literals keep their JSON escapes. */
function readByScimmy(filter: string): unknown {
  const parsed = new SCIMMY.Types.Filter(filter);
  return JSON.parse(JSON.stringify([...(parsed as unknown as Iterable<unknown>)])) as unknown;
}

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        '"',
        '\\',
        '\\"',
        ' or ',
        ' and ',
        'not (',
        ')',
        '[',
        ']',
        'userName',
        ' pr',
        ' eq ',
        '.',
        'null',
        'true',
        '0',
        '\u0000',
        '\n',
        '🙂',
        '%22',
      ),
    )
    .map((all) => all.join('')),
);

describe('a value in a SCIM filter', () => {
  it('is exactly one literal, and the same text again, to an independent reader', () => {
    fc.assert(
      fc.property(texts, (value) => {
        // An empty literal is read as an absent one by scimmy, which RFC 7644 does not know.
        fc.pre(value !== '');
        const one = readByScimmy(equals('userName', value)) as Array<{ userName: [string, string] }>;
        expect(one).toHaveLength(1);
        expect(Object.keys(one[0] ?? {})).toEqual(['userName']);
        const [operator, literal] = one[0]?.userName ?? ['', ''];
        expect(operator).toBe('eq');
        expect(JSON.parse(`"${literal}"`)).toBe(value);
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });

  it('stays in its own half of a condition on group and member', () => {
    fc.assert(
      fc.property(texts, texts, (group, member) => {
        fc.pre(group !== '' && member !== '');
        const [one, ...more] = readByScimmy(`${equals('id', group)} and ${equals('members.value', member)}`) as Array<{
          id: [string, string];
          members: { value: [string, string] };
        }>;
        expect(more).toEqual([]);
        expect(Object.keys(one ?? {}).sort()).toEqual(['id', 'members']);
        expect(JSON.parse(`"${one?.id[1]}"`)).toBe(group);
        expect(JSON.parse(`"${one?.members.value[1]}"`)).toBe(member);
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });

  it('has no quote and no escaped quote inside, for servers that only look for the next one', () => {
    fc.assert(
      fc.property(texts, (value) => {
        expect(equals('a', value).slice('a eq "'.length, -1)).not.toMatch(/"|\\\\/);
      }),
    );
  });
});
