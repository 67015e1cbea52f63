/** What reading needs, each with the rights that give it; the first one is the least. */
const needed: ReadonlyArray<readonly [least: string, ...instead: string[]]> = [
  ['User.Read.All', 'Directory.Read.All'],
  ['GroupMember.Read.All', 'Directory.Read.All'],
  ['Application.Read.All', 'Directory.Read.All'],
  ['RoleManagement.Read.Directory', 'Directory.Read.All'],
];

/** Rights that reading has a use for. */
const useful: ReadonlySet<string> = new Set([...needed.flat(), 'Member.Read.Hidden']);

/**
 * What an access token may do, held against what reading needs. Rights that can do more than the least ones also give
 * what they contain: with `Group.ReadWrite.All` groups can be read, so it is too much and not too little.
 */
export function judgeRights(roles: readonly string[]): { readonly ok: boolean; readonly text: string } {
  const has = (right: string): boolean => roles.some((role) => role === right || role === widened(right));
  const missing = needed.filter((ways) => !ways.some(has) && !roles.some((role) => contains(role, ways[0])));
  const excessive = roles.filter((role) => !useful.has(role));
  const problems = [
    ...(missing.length === 0 ? [] : [`Missing: ${missing.map(([least]) => least).join(', ')}.`]),
    ...(excessive.length === 0 ? [] : [`Reading does not need ${excessive.join(', ')}: take it away.`]),
  ];
  return problems.length === 0
    ? { ok: true, text: 'The app may read what it needs to and nothing beyond it.' }
    : { ok: false, text: problems.join(' ') };
}

function widened(right: string): string {
  return right.replace('.Read.', '.ReadWrite.');
}

function contains(role: string, least: string): boolean {
  return least === 'GroupMember.Read.All' && (role === 'Group.Read.All' || role === 'Group.ReadWrite.All');
}
