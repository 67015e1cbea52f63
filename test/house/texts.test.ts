/** Every fact of a request's audit chain has words: nobody is shown a raw key. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { en } from '../../static/src/texts/en';

const root = resolve(__dirname, '..', '..', 'src');
const rooms = ['domain/request', 'domain/leaver', 'domain/exception'];

const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });

/** The names that stand where a fact is made: `fact: '…'`, both sides of a choice (not what it is chosen by), and the helpers that take the name. */
function factsIn(source: string): string[] {
  const named = [...source.matchAll(/\bfact:\s*([^,}\n]+)/g)].map((match) => match[1] ?? '');
  const given = [...source.matchAll(/\b(?:fact|confirmed)\(\s*([^,)]+)/g)].map((match) => match[1] ?? '');
  return [...named, ...given].flatMap((text) =>
    [...text.replace(/^[^?]*\?/, '').matchAll(/'([a-z][a-z-]+)'/g)].map((match) => match[1] ?? ''),
  );
}

const facts = new Map(
  rooms
    .flatMap((room) => files(join(root, room)))
    .flatMap((file) => factsIn(readFileSync(file, 'utf8')).map((fact) => [fact, file] as const)),
);

describe('the words of the history', () => {
  it('are looked for where facts are made', () => {
    expect(facts.size).toBeGreaterThan(80);
    for (const known of ['direct-write-made', 'attested-as-before', 'closed-under-exception', 'reading'])
      expect([...facts.keys()]).toContain(known);
  });

  it('cover every fact of a request', () => {
    const shown: readonly string[] = Object.keys(en.history.facts);
    expect([...facts.keys()].filter((fact) => !shown.includes(fact))).toEqual([]);
  });

  it('mark as alarming or good only what there is', () => {
    for (const fact of [...en.history.alarming, ...en.history.good])
      expect(Object.keys(en.history.facts)).toContain(fact);
  });
});
