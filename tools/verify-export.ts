/** `npm run verify-export FILE`: checks an audit export offline and names the first bad line. */
import { readFileSync } from 'node:fs';
import { verifyExport } from '../src/domain/audit/verify-export';

const file = process.argv[2];
if (file === undefined) {
  console.error('Usage: npm run verify-export FILE');
  process.exit(2);
}
let text: string;
try {
  text = readFileSync(file, 'utf8');
} catch (error) {
  console.error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(2);
}
const verdict = verifyExport(text);
if (verdict.ok) {
  console.log(
    `${file}: verified. ${verdict.entries} entries in ${verdict.chains} chains, nothing changed, missing or out of order.`,
  );
} else {
  console.error(`${file}: NOT valid. Line ${verdict.line}: ${verdict.problem}.`);
  process.exit(1);
}
