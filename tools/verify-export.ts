/** `npm run verify-export FILE [-- --anchor ANCHORFILE]`: checks an audit export offline and names the first bad line. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { verifyAnchored, type ExportedDigest } from '../src/domain/audit/verify-digests';
import { verifyExport } from '../src/domain/audit/verify-export';

const usage = 'Usage: npm run verify-export FILE [-- --anchor ANCHORFILE]';

function main(): number {
  let asked;
  try {
    asked = parseArgs({ allowPositionals: true, options: { anchor: { type: 'string' } } });
  } catch {
    console.error(usage);
    return 2;
  }
  // Without `--` npm takes the option for its own: `--anchor=A` arrives as `A`, `--anchor A` as `true` and one more argument.
  const taken = process.env.npm_config_anchor;
  const [file, ...others] = asked.positionals;
  const anchorFile = asked.values.anchor ?? (taken === 'true' ? others.shift() : taken);
  if (file === undefined || others.length > 0 || (taken === 'true' && anchorFile === undefined)) {
    console.error(usage);
    return 2;
  }
  const text = read(file);
  const anchor = anchorFile === undefined ? undefined : read(anchorFile);
  if (text === undefined || (anchorFile !== undefined && anchor === undefined)) return 2;

  const verdict = verifyExport(text);
  if (!verdict.ok) {
    console.error(`${file}: NOT valid. Line ${verdict.line}: ${verdict.problem}.`);
    return 1;
  }
  const digests = verdict.digests ?? [];
  if (anchorFile !== undefined && anchor !== undefined && !anchored(file, digests, anchorFile, anchor)) return 1;
  const { entries, chains } = verdict;
  console.log(
    `${file}: verified. ${entries} entries in ${chains} chains, nothing changed, missing or out of order.${covers(digests)}`,
  );
  if (anchorFile === undefined)
    console.log(
      'Not compared with an anchor: a storage that was set back or rewritten as a whole would not be noticed.',
    );
  return 0;
}

function anchored(file: string, digests: readonly ExportedDigest[], anchorFile: string, anchor: string): boolean {
  const verdict = verifyAnchored(digests, anchor);
  if (!verdict.ok) {
    const line = verdict.line === undefined ? '' : ` Line ${verdict.line}:`;
    const problem = line ? verdict.problem : verdict.problem.charAt(0).toUpperCase() + verdict.problem.slice(1);
    console.error(`${verdict.where === 'export' ? file : anchorFile}: NOT valid.${line} ${problem}.`);
    return false;
  }
  const beyond = verdict.beyond > 0 ? ` ${verdict.beyond} newer digests are not in the anchor file.` : '';
  console.log(`${anchorFile}: ${verdict.anchored} anchored digests agree, the newest is ${verdict.newest}.${beyond}`);
  return true;
}

function covers(digests: readonly ExportedDigest[]): string {
  const newest = digests.at(-1);
  return newest ? ` ${digests.length} digests cover them up to ${newest.to}.` : ' It holds no digests.';
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    console.error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

process.exitCode = main();
