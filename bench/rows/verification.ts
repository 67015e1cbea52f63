import { judge, type Expectation } from '../../src/domain/verification/judge';
import type { Target } from '../../src/usecases/ports';
import { aws, entra, google, okta, scim, type Measured } from '../measured-targets';
import { atMost, type Row } from '../row';

/** Calls that one verification may take, and how many of them obtain a token. */
interface Limits {
  readonly held: number;
  readonly gone: number;
  readonly token: number;
}

const ledger: Limits = { held: 2, gone: 2, token: 1 };
const kilobytes = 256;

/** What each vendor's API leaves no way around is in bench/README.md. */
const kinds: ReadonlyArray<readonly [name: string, start: () => Promise<Measured>, limits: Limits]> = [
  ['SCIM 2.0', scim, { ...ledger, token: 0 }],
  ['Okta', okta, { ...ledger, token: 0 }],
  ['Microsoft Entra ID', entra, ledger],
  ['AWS IAM Identity Center', aws, { held: 2, gone: 3, token: 0 }],
  ['Google Workspace', google, { held: 3, gone: 4, token: 1 }],
];

/** What one verification in a group of two hundred costs at each kind of target: calls, and bytes that are read. */
export async function verificationRows(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, start, limits] of kinds) rows.push(...(await measure(name, start, limits)));
  return rows;
}

async function measure(name: string, start: () => Promise<Measured>, limits: Limits): Promise<Row[]> {
  const at = await start();
  try {
    const groupId = await at.group('Two hundred');
    const ids: string[] = [];
    for (let n = 0; n < 200; n += 1) ids.push(await at.person(`one-of-200-${n}@acme.test`));
    for (const id of ids) await at.put(groupId, id);
    const [someone = ''] = ids;
    const held = await twice(at.open(), 'grant', someone, groupId);
    await at.take(groupId, someone);
    const gone = await twice(at.open(), 'revoke', someone, groupId);
    return [
      calls(`one verification of held access, ${name}`, held.first, limits.held, ledger.held),
      ...(limits.token === 0
        ? []
        : [
            calls(
              `one verification of held access, ${name}, token at hand`,
              held.second,
              limits.held - limits.token,
              1,
            ),
          ]),
      calls(`one verification of a removal, ${name}`, gone.first, limits.gone, ledger.gone),
      atMost(`one verification, ${name}: read`, Math.ceil(Math.max(held.bytes, gone.bytes) / 1024), kilobytes, 'KB'),
    ];
  } finally {
    await at.close();
  }
}

function calls(name: string, value: number, limit: number, promised: number): Row {
  const row = atMost(`${name}: egress`, value, limit, 'calls');
  return limit === promised
    ? row
    : { ...row, goal: `${row.goal}, not ${promised}: the vendor has no call for all of it` };
}

/** The same verification twice with one target, as within one invocation. Both have to confirm the change. */
async function twice(
  target: Target,
  changeKind: 'grant' | 'revoke',
  personId: string,
  groupId: string,
): Promise<{ readonly first: number; readonly second: number; readonly bytes: number }> {
  const expectation: Expectation = {
    changeKind,
    account: { id: personId, login: 'one-of-200-0@acme.test' },
    entitlement: { id: groupId, name: 'Two hundred' },
    replaces: [],
  };
  const first = await target.observe(expectation);
  const second = await target.observe(expectation);
  for (const seen of [first, second]) {
    const { verdict, reason } = judge(expectation, seen);
    if (verdict !== 'confirmed') throw new Error(`a ${changeKind} was not confirmed: ${verdict}, ${reason}`);
  }
  return { first: first.calls, second: second.calls, bytes: Math.max(first.bytes, second.bytes) };
}
