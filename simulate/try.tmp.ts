import { runHistory } from './history/run-history';
import { writeScript } from './history/write-script';
async function go() {
  const n = Number(process.argv[2]),
    from = Number(process.argv[3] ?? 1);
  const t = process.hrtime.bigint();
  let ops = 0,
    sweeps = 0;
  const bad = new Map<string, string[]>();
  const inj = new Map<string, number>();
  for (let s = from; s < from + n; s++) {
    const r = await runHistory(writeScript(s), false);
    ops += r.operations;
    sweeps += r.sweeps;
    for (const [k, v] of r.injected) inj.set(k, (inj.get(k) ?? 0) + v);
    if (r.violations[0]) {
      const k = r.violations[0].invariant;
      bad.set(k, [...(bad.get(k) ?? []), `${s}: ${r.violations[0].sentence}`]);
    }
  }
  const ms = Number(process.hrtime.bigint() - t) / 1e6;
  console.log(
    n,
    'histories',
    ((n / ms) * 1000).toFixed(0),
    '/s',
    ops / n,
    'ops',
    sweeps / n,
    'sweeps',
    JSON.stringify([...inj]),
  );
  for (const [k, v] of bad) {
    console.log(k, v.length);
    for (const x of v.slice(0, 6)) console.log('   ', x);
  }
}
Error.stackTraceLimit = 0;
void go();
