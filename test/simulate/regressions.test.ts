import { regressions } from '../../simulate/history/regressions';
import { runHistory } from '../../simulate/history/run-history';
import { writeScript } from '../../simulate/history/write-script';
import { knownFinds } from '../../simulate/known-finds';
import { problemOf, seededDefects } from '../../simulate/seeded-defect';

/** What fails here is found again, with every call, by `npm run simulate -- --seed N --trace`. */
async function brokenBy(seed: number): Promise<string | undefined> {
  const { violations } = await runHistory(writeScript(seed));
  return violations[0] && `seed ${seed} breaks ${violations[0].invariant}: ${violations[0].sentence}`;
}

it('keeps every invariant in a hundred histories', async () => {
  const broken: string[] = [];
  for (let seed = 1; seed <= 100; seed++) {
    const problem = await brokenBy(seed);
    if (problem !== undefined) broken.push(problem);
  }
  expect(broken).toEqual([]);
}, 120_000);

it.each(regressions())('never again: $file', async ({ script }) => {
  expect((await runHistory(script)).violations).toEqual([]);
});

it('has seeded defects that fit the sources as they are', () => {
  const misfits = seededDefects().map((defect) => `${defect.name}: ${problemOf(defect) ?? 'fits'}`);
  expect(misfits.length).toBeGreaterThanOrEqual(25);
  expect(misfits.filter((text) => !text.endsWith(': fits'))).toEqual([]);
});

it('knows a history that finds every seeded defect', () => {
  const finds = knownFinds();
  expect(Object.keys(finds).sort()).toEqual(seededDefects().map(({ name }) => name));
  const kept = new Map(regressions().map(({ file, script }) => [`kept ${file}`, script]));
  const used = new Set(Object.values(finds));
  expect([...used].filter((name) => !kept.has(String(name)) && !/^seed \d+$/.test(String(name)))).toEqual([]);
});
