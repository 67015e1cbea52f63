import { ENTERPRISE, type Directory, type Entry, type GroupData, type UserData } from './directory';

/** A user as a client sees it: its own data plus what the directory knows, its groups and its manager's name. */
export function userView(entry: Entry<UserData>, directory: Directory, base: string) {
  const groups = directory.memberships.held(entry.id).map(({ id, type }) => ({
    value: id,
    $ref: `${base}/Groups/${id}`,
    display: directory.group(id)?.data.displayName,
    type,
  }));
  const enterprise = entry.data[ENTERPRISE];
  return {
    ...entry.data,
    ...(enterprise
      ? { [ENTERPRISE]: { ...enterprise, ...managerView(enterprise.manager?.value, directory, base) } }
      : {}),
    ...(groups.length > 0 ? { groups } : {}),
    id: entry.id,
    meta: { created: entry.created, lastModified: entry.lastModified },
  };
}

function managerView(value: string | undefined, directory: Directory, base: string) {
  if (value === undefined) return {};
  return { manager: { value, $ref: `${base}/Users/${value}`, displayName: directory.user(value)?.data.displayName } };
}

export function groupView(entry: Entry<GroupData>, directory: Directory, base: string) {
  const members = directory.memberships.of(entry.id).map(({ value, type }) => ({
    value,
    $ref: `${base}/${type}s/${value}`,
    display: (type === 'User' ? directory.user(value) : directory.group(value))?.data.displayName,
    type,
  }));
  return {
    ...entry.data,
    ...(members.length > 0 ? { members } : {}),
    id: entry.id,
    meta: { created: entry.created, lastModified: entry.lastModified },
  };
}

/** What of a client's document is the client's to say; names and links are made anew on every answer. */
export function ownUserData(document: unknown): UserData {
  const { id: _id, meta: _meta, schemas: _schemas, groups: _groups, ...data } = plain(document) as UserData;
  const enterprise = data[ENTERPRISE];
  if (!enterprise) return data;
  const { manager, ...attributes } = enterprise;
  return { ...data, [ENTERPRISE]: manager?.value ? { ...attributes, manager: { value: manager.value } } : attributes };
}

export function ownGroupData(document: unknown): { data: GroupData; memberIds: string[] } {
  const {
    displayName,
    externalId,
    members = [],
  } = plain(document) as GroupData & { members?: Array<{ value?: string }> };
  return {
    data: { displayName, ...(externalId === undefined ? {} : { externalId }) },
    memberIds: members.map(({ value }) => value ?? ''),
  };
}

/** scimmy's instances are full of accessors; a password is never part of their JSON. */
function plain(document: unknown): object {
  return JSON.parse(JSON.stringify(document)) as object;
}
