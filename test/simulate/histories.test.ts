/** A few histories of the fault simulator, so that `npm test` says when it cannot play any more; `npm run simulate` plays many. */
import { flows } from '../../simulate/flows/all-flows';
import { everyCrash } from '../../simulate/history/every-crash';
import { runHistory } from '../../simulate/history/run-history';
import { writeScript } from '../../simulate/history/write-script';

const seeds = Array.from({ length: 25 }, (_, index) => index + 1);

it.each(seeds)('history %i keeps every invariant', async (seed) => {
  const { violations } = await runHistory(writeScript(seed), false);
  expect(violations).toEqual([]);
});

it('plays the same seed twice to the letter', async () => {
  const [first, second] = [await runHistory(writeScript(7), true), await runHistory(writeScript(7), true)];
  expect(first.lines.length).toBeGreaterThan(20);
  expect(second.lines).toEqual(first.lines);
});

it('comes to the same end after a crash before or after every call of a main flow', async () => {
  const [name] = Object.keys(flows);
  for await (const flow of everyCrash(name)) {
    expect(flow.runs).toBeGreaterThan(2 * 10);
    expect(flow.problems).toEqual([]);
  }
});
