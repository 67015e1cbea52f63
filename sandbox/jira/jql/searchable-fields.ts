import { fieldIds, issueTypes, priorities, requestTypes, resolutions } from '../access-desk';
import { textFromAdf } from '../fields/adf';
import { fields, type Field } from '../fields/catalogue';
import { issueByIdOrKey } from '../issues/find-issue';
import { allPeople } from '../people/people';
import { mayDo } from '../people/permissions';
import { allProjects } from '../projects';
import type { AdfNode, IssueRecord } from '../records';
import { refuse } from '../refusal';
import type { Site } from '../site-state';
import { categoryName } from '../workflow/status-answers';
import { allStatuses, statusById } from '../workflow/workflow';
import { instants } from './dates';
import { propertyField } from './property-field';
import { choice, emptinessTest, freeText, isNegative, unsupported, type Searchable } from './searchable';

type Named = { id: string; name: string };

/** The field of a clause, by name, `cf[id]`, `issue.property[key].path` or the manifest's search alias. */
export function searchableField(site: Site, name: string): Searchable {
  const found = systemField(site, name.toLowerCase()) ?? declaredProperty(site, name) ?? customField(site, name);
  if (found === undefined) {
    throw refuse(400, `Field '${name}' does not exist or you do not have permission to view it.`);
  }
  return found;
}

const byName = (items: readonly Named[]) => (text: string) =>
  items.find((item) => item.id === text || item.name.toLowerCase() === text.toLowerCase())?.id;

const one = (value: unknown): string[] => (typeof value === 'string' ? [value] : []);

const person = (values: (issue: IssueRecord) => string[]): Searchable =>
  choice(
    values,
    (text, { site }) =>
      allPeople(site).find((candidate) => candidate.accountId === text || candidate.displayName === text)?.accountId,
    (issue) => values(issue)[0] ?? '',
  );

function systemField(site: Site, name: string): Searchable | undefined {
  switch (name) {
    case 'project':
      return choice(
        (issue) => [issue.projectId],
        (text, { actor }) =>
          byName(
            allProjects(site)
              .filter(({ id }) => mayDo(site, actor.accountId, id, 'BROWSE_PROJECTS'))
              .flatMap(({ id, key, name: title }) => [
                { id, name: key },
                { id, name: title },
              ]),
          )(text),
        (issue) => issue.projectId,
      );
    case 'status':
      return choice(
        (issue) => [issue.statusId],
        byName(allStatuses(site)),
        (issue) => allStatuses(site).findIndex((status) => status.id === issue.statusId),
      );
    case 'statuscategory': {
      const categories = (['new', 'indeterminate', 'done'] as const).flatMap((id) => [
        { id, name: id },
        { id, name: categoryName(id) },
      ]);
      return choice((issue) => [statusById(site, issue.statusId).category], byName(categories));
    }
    case 'issuetype':
    case 'type':
      return choice(
        (issue) => [issue.issueTypeId],
        byName(issueTypes),
        (issue) => issue.issueTypeId,
      );
    case 'priority':
      return choice(
        (issue) => one(issue.values['priority']),
        byName(priorities),
        (issue) => -Number(issue.values['priority'] ?? 9),
      );
    case 'resolution':
      return choice(
        (issue) => one(issue.resolutionId),
        (text) => (text.toLowerCase() === 'unresolved' ? undefined : byName(resolutions)(text)),
      );
    case 'request type':
      return choice((issue) => one(issue.values[fieldIds.requestType]), byName(requestTypes));
    case 'labels':
      return choice(
        (issue) => (issue.values['labels'] ?? []) as string[],
        (text) => text,
      );
    case 'reporter':
    case 'assignee':
      return person((issue) => one(issue.values[name]));
    case 'creator':
      return person((issue) => [issue.creator]);
    case 'created':
    case 'createddate':
      return instants((issue) => issue.created);
    case 'updated':
    case 'updateddate':
      return instants((issue) => issue.updated);
    case 'resolved':
    case 'resolutiondate':
      return instants((issue) => issue.resolvedAt);
    case 'summary':
      return freeText((issue) => issue.values['summary'] as string);
    case 'description':
      return freeText((issue) => documentText(issue.values['description']));
    case 'text':
      return freeText(allText);
    case 'key':
    case 'issuekey':
    case 'issue':
    case 'id':
      return issueKey;
    default:
      return undefined;
  }
}

const issueKey: Searchable = {
  test(clause, { site }) {
    const emptiness = emptinessTest(clause, () => false);
    if (emptiness !== undefined) return emptiness;
    const wanted = clause.operands.map((operand) => {
      const issue = issueByIdOrKey(site, operand.text);
      if (issue === undefined) {
        throw refuse(400, `An issue with key '${operand.text}' does not exist for field '${clause.field}'.`);
      }
      return Number(issue.id);
    });
    const first = wanted[0] ?? 0;
    switch (clause.operator) {
      case '=':
      case '!=':
      case 'in':
      case 'not in':
        return (issue) => wanted.includes(Number(issue.id)) !== isNegative(clause.operator);
      case '<':
        return (issue) => Number(issue.id) < first;
      case '<=':
        return (issue) => Number(issue.id) <= first;
      case '>':
        return (issue) => Number(issue.id) > first;
      case '>=':
        return (issue) => Number(issue.id) >= first;
      default:
        throw unsupported(clause);
    }
  },
  sortKey: (issue) => Number(issue.id),
};

const documentText = (value: unknown): string | null =>
  value === null || value === undefined ? null : textFromAdf(value as AdfNode);

const isDocument = (field: Field): boolean => field.type.schema.custom?.endsWith(':textarea') === true;

function allText(issue: IssueRecord): string {
  const custom = fields
    .filter((field) => field.custom && field.type.schema.type === 'string')
    .map((field) => (isDocument(field) ? documentText(issue.values[field.id]) : issue.values[field.id]));
  return [issue.values['summary'], documentText(issue.values['description']), ...custom].filter(Boolean).join(' ');
}

function customField(_site: Site, name: string): Searchable | undefined {
  const digits = /^cf\[(\d+)\]$/i.exec(name)?.[1];
  const field = fields.find(
    (known) =>
      known.custom &&
      known.settable &&
      (digits === undefined ? known.name.toLowerCase() === name.toLowerCase() : known.id === `customfield_${digits}`),
  );
  if (field === undefined) return undefined;
  const { type, items } = field.type.schema;
  const stored = (issue: IssueRecord): unknown => issue.values[field.id] ?? null;
  if (type === 'datetime') return instants((issue) => stored(issue) as number | null);
  if (type === 'user') return person((issue) => one(stored(issue)));
  if (items === 'user') return person((issue) => (stored(issue) ?? []) as string[]);
  if (field.id === fieldIds.requestType) return choice((issue) => one(stored(issue)), byName(requestTypes));
  return isDocument(field)
    ? freeText((issue) => documentText(stored(issue)))
    : freeText((issue) => stored(issue) as string | null, true);
}

function declaredProperty(site: Site, name: string): Searchable | undefined {
  const declared = site.hooks.searchAliases?.() ?? [];
  const path = /^issue\.property\[([^\]]+)\]\.(.+)$/i.exec(name);
  const alias = declared.find((candidate) =>
    path === null
      ? candidate.searchAlias?.toLowerCase() === name.toLowerCase()
      : candidate.propertyKey === path[1] && candidate.path === path[2],
  );
  return alias === undefined ? undefined : propertyField(site, alias);
}
