import SCIMMY from 'scimmy';
import { refuseUnknown, type Directory } from './directory';
import { parseFilter } from './filter-expression';
import { matches } from './filter-match';
import { groupView, ownGroupData, ownUserData, userView } from './resource-view';

/** What one request brings along: scimmy's declarations are global, the directory they work on is not. */
export interface ScimContext {
  directory: Directory;
  /** `https://scim.acme.test/scim/v2`, or the loopback address that was asked. */
  base: string;
  /** The filter of the query, kept from scimmy's own parser. */
  filter?: string | undefined;
}

type Resource = SCIMMY.Types.Resource;

/** Declares users and groups to scimmy. Once per process; every handler works on the directory of its request. */
export function declareResources(): void {
  SCIMMY.Resources.declare(SCIMMY.Resources.User, {
    extensions: [{ schema: SCIMMY.Schemas.EnterpriseUser, required: false }],
    ingress: (resource: Resource, document: unknown, { directory, base }: ScimContext) => {
      const data = ownUserData(document);
      const entry = resource.id === undefined ? directory.createUser(data) : directory.replaceUser(resource.id, data);
      return userView(entry, directory, base);
    },
    egress: (resource: Resource, context: ScimContext) => {
      const { directory, base } = context;
      if (resource.id === undefined) {
        return listed(
          resource,
          context,
          directory.users().map((entry) => userView(entry, directory, base)),
        );
      }
      return userView(directory.user(resource.id) ?? refuseUnknown(resource.id), directory, base);
    },
    degress: (resource: Resource, { directory }: ScimContext) => directory.removeUser(resource.id ?? ''),
  });
  SCIMMY.Resources.declare(SCIMMY.Resources.Group, {
    ingress: (resource: Resource, document: unknown, { directory, base }: ScimContext) => {
      const { data, memberIds } = ownGroupData(document);
      const entry =
        resource.id === undefined
          ? directory.createGroup(data, memberIds)
          : directory.replaceGroup(resource.id, data, memberIds);
      return groupView(entry, directory, base);
    },
    egress: (resource: Resource, context: ScimContext) => {
      const { directory, base } = context;
      if (resource.id === undefined) {
        return listed(
          resource,
          context,
          directory.groups().map((entry) => groupView(entry, directory, base)),
        );
      }
      return groupView(directory.group(resource.id) ?? refuseUnknown(resource.id), directory, base);
    },
    degress: (resource: Resource, { directory }: ScimContext) => directory.removeGroup(resource.id ?? ''),
  });
}

/**
 * The rows a list request is about; scimmy sorts and cuts the page.
 *
 * Two of its traps are closed here: a filter is applied by nobody unless the handler does it, and a page that starts
 * after the last row would be answered with the first page again.
 */
function listed<T extends object>(resource: Resource, { filter }: ScimContext, rows: T[]): T[] {
  // A `.search` has its filter in the body, so that one has been through scimmy.
  const question = filter ?? resource.filter?.expression;
  const expression = question === undefined ? undefined : parseFilter(question);
  const found = expression ? rows.filter((row) => matches(expression, row)) : rows;
  if ((resource.constraints?.startIndex ?? 1) <= found.length) return found;
  resource.constraints = { ...resource.constraints, ...{ totalResults: found.length } };
  return [];
}
