/** The seeded company's desk with direct fulfilment switched on, as its Jira admin would. */
import { ADMIN_TOKEN, READER_TOKEN } from '../../sandbox/scim/access-tokens';
import type { SettingsView } from '../../src/contract/settings-view';
import type { Desk } from './desk';

const admin = 'access-admin';

export async function settings(desk: Desk): Promise<SettingsView> {
  const answer = await desk.invoke('adele', admin, 'getSettings', undefined);
  if (!answer.ok) throw new Error(answer.error);
  return answer.result as SettingsView;
}

/** Saves the directory's connector with these changes. */
export async function saveDirectory(desk: Desk, change: object, secrets: object = {}) {
  const found = (await settings(desk)).connectors.find(({ name }) => name === 'SCIM directory');
  if (!found) throw new Error('no directory');
  const {
    rev,
    origin: _origin,
    secret: _secret,
    writeSecret: _write,
    ...connector
  } = found as typeof found & {
    writeSecret?: unknown;
  };
  return desk.invoke('adele', admin, 'saveConnector', undefined, {
    connector: { ...connector, ...change },
    expectedRev: rev,
    ...secrets,
  });
}

/** Saves an entry of the catalogue with these changes. */
export async function saveEntry(desk: Desk, name: string, change: object) {
  const found = (await settings(desk)).catalogue.find((entry) => entry.name === name);
  if (!found) throw new Error(`no entry ${name}`);
  const { rev, id: _id, ...entry } = found;
  return desk.invoke('adele', admin, 'saveCatalogueEntry', undefined, {
    entry: { ...entry, ...change },
    expectedRev: rev,
  });
}

/** The app may write to the directory, with a secret of its own, and makes the changes of these entries itself. */
export async function switchOn(
  desk: Desk,
  names: readonly string[] = ['Finance Readers', 'Finance Approvers', 'Production Admins'],
): Promise<void> {
  // One after the other: a secret that still reads is refused for writing.
  expect(await saveDirectory(desk, {}, { secret: READER_TOKEN })).toMatchObject({ ok: true });
  expect(await saveDirectory(desk, { write: true }, { writeSecret: ADMIN_TOKEN })).toMatchObject({ ok: true });
  for (const name of names) expect(await saveEntry(desk, name, { fulfilment: 'direct' })).toMatchObject({ ok: true });
}

/** How often the app itself changed the directory since `from`, as the site's meter saw it. */
export function writesSince(desk: Desk, from = 1): number {
  const { calls } = desk.world.ledger(from);
  return calls.filter(({ kind, method, path }) => kind === 'egress' && method === 'PATCH' && path.includes('/Groups/'))
    .length;
}

/** The texts of all comments of an issue, as an agent sees them. */
export async function commentsOf(desk: Desk, key: string): Promise<string[]> {
  const answer = await desk.as('amir').get(`/rest/api/3/issue/${key}/comment`);
  const { comments } = answer.body as { comments: Array<{ body: unknown }> };
  return comments.map(({ body }) => JSON.stringify(body));
}
