import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { rowsOf, textIn, type Fields } from '../http/json-fields';
import type { ListRows } from '../http/paged-list';
import { brief, type KeycloakClient } from './keycloak-client';

/** The groups right below one. Keycloak before version 23 shows them inside it; later ones count them and list them apart. */
export async function groupsBelow(
  client: KeycloakClient,
  group: Fields,
  record: AnswerRecord,
): Promise<Answer<ListRows>> {
  const inside = rowsOf(group['subGroups'] ?? []);
  const count = group['subGroupCount'] ?? 0;
  if (!inside || typeof count !== 'number') return failed('malformed');
  if (inside.length > 0 || count === 0) return answered({ rows: inside, complete: inside.length >= count });
  const listed = await client.list(['groups', textIn(group, 'id') ?? '', 'children'], brief, record);
  if (!listed.ok) return listed;
  const { rows, complete } = listed.value;
  return answered({ ...listed.value, complete: complete && rows.length >= count });
}

/** What a group is called: its path, because groups at different places may have one name. */
export function groupTitle(group: Fields): string {
  return textIn(group, 'path')?.slice(1) ?? textIn(group, 'name') ?? textIn(group, 'id') ?? '';
}
