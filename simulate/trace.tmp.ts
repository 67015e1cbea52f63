import { runHistory } from './history/run-history';
import { writeScript } from './history/write-script';
Error.stackTraceLimit = 3;
async function go() {
  const r = await runHistory(writeScript(Number(process.argv[2])), true);
  console.log(JSON.stringify(writeScript(Number(process.argv[2])).site));
  console.log(r.lines.join('\n'));
  console.log(r.violations);
}
void go();
