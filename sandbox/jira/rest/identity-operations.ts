import { answer, identities } from '../http/answers';
import { operation, type Call, type Operation } from '../http/operation';
import { platformPage, platformWindow } from '../http/paging';
import { allPeople, emailFor, personById } from '../people/people';
import { mayGlobally } from '../people/permissions';
import { userAnswer } from '../people/user-answers';
import type { PersonRecord } from '../records';
import { refuse } from '../refusal';

const read = ['read:jira-user'];

export const identityOperations: Operation[] = [
  operation('GET /rest/api/3/myself', 'getCurrentUser', read, (call) => {
    const expand = call.query.get('expand') ?? '';
    const groups = expand.includes('groups') ? { groups: groupList(call, call.actor) } : {};
    if (expand.includes('applicationRoles'))
      throw refuse(501, "The sandbox does not model the expansion 'applicationRoles'.");
    return identities({ ...shown(call, call.actor), ...groups }, 1);
  }),
  operation('GET /rest/api/3/user', 'getUser', read, (call) => {
    const accountId = call.query.get('accountId');
    if (accountId === null) throw refuse(400, 'The query parameter accountId is required.');
    const person = personById(call.site, accountId);
    if (person === undefined || !(mayPick(call) || accountId === call.actor.accountId)) {
      throw refuse(404, 'Specified user does not exist or you do not have required permissions');
    }
    return identities(shown(call, person), 1);
  }),
  operation('GET /rest/api/3/user/search', 'findUsers', read, (call) => {
    const { query } = call;
    const accountId = query.get('accountId');
    const text = query.get('query')?.toLowerCase();
    if (accountId === null && text === undefined) throw refuse(400, 'A query or an accountId is required.');
    const found = allPeople(call.site).filter((person) => {
      if (!mayPick(call)) return false;
      if (accountId !== null) return person.accountId === accountId;
      // A hidden address finds nobody: the search must not tell who owns it.
      const email = emailFor(person, call.actor.accountId) ?? '';
      return (
        [person.displayName, email].some((value) => value.toLowerCase().startsWith(text ?? '')) ||
        person.displayName
          .toLowerCase()
          .split(' ')
          .some((word) => word.startsWith(text ?? ''))
      );
    });
    const { values } = platformWindow(call, found, 50, 1000);
    return identities(
      values.map((person) => shown(call, person)),
      values.length,
    );
  }),
  operation('GET /rest/api/3/user/bulk', 'bulkGetUsers', read, (call) => {
    const wanted = call.query.getAll('accountId');
    if (wanted.length === 0) throw refuse(400, 'The query parameter accountId is required.');
    const found = wanted.flatMap((accountId) => personById(call.site, accountId) ?? []);
    const page = platformPage(call, mayPick(call) ? found : [], (person) => shown(call, person));
    return identities(page, (page['values'] as unknown[]).length);
  }),
  operation('GET /rest/api/3/group/member', 'getUsersFromGroup', ['manage:jira-configuration'], (call) => {
    if (!mayPick(call)) throw refuse(403, 'You do not have permission to browse users and groups.');
    const { query } = call;
    const name = query.get('groupname') ?? query.get('groupId');
    const people = allPeople(call.site);
    if (name === null || !people.some((person) => person.groups.includes(name))) {
      throw refuse(404, `The group named '${String(name)}' does not exist.`);
    }
    const inactive = query.get('includeInactiveUsers') === 'true';
    const members = people.filter((person) => person.groups.includes(name) && (person.active || inactive));
    const page = platformPage(call, members, (person) => userAnswer(call.site, person.accountId, call.actor.accountId));
    return identities(page, (page['values'] as unknown[]).length);
  }),
  operation('GET /rest/api/3/user/groups', 'getUserGroups', read, (call) => {
    const person = personById(call.site, call.query.get('accountId') ?? '');
    if (person === undefined || !mayPick(call)) {
      throw refuse(404, 'Specified user does not exist or you do not have required permissions');
    }
    const groups = groupList(call, person).items;
    return answer(groups, 2 * groups.length);
  }),
];

const mayPick = ({ site, actor }: Call): boolean => mayGlobally(site, actor.accountId, 'USER_PICKER');

function shown(call: Call, person: PersonRecord): Record<string, unknown> {
  return { ...userAnswer(call.site, person.accountId, call.actor.accountId), locale: 'en_US' };
}

/** Group ids are the names: nothing in the sandbox renames a group. */
function groupList({ site }: Call, person: PersonRecord): { size: number; items: unknown[] } {
  const items = person.groups.map((name) => ({
    name,
    groupId: name,
    self: `${site.baseUrl()}/rest/api/3/group?groupId=${encodeURIComponent(name)}`,
  }));
  return { size: items.length, items };
}
