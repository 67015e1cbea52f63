import type { SiteDescription } from '../contracts';
import { accessDesk, fieldIds, requestTypes, serviceDeskId } from './access-desk';
import { fieldById } from './fields/catalogue';
import { allPeople } from './people/people';
import { allProjects } from './projects';
import type { Site } from './site-state';
import { workflowOf } from './workflow/workflow';

const idsByName = (items: ReadonlyArray<{ id: string; name: string }>): Record<string, string> =>
  Object.fromEntries(items.map((item) => [item.name, item.id]));

export function describeSite(site: Site): SiteDescription {
  const workflow = workflowOf(site, accessDesk.id);
  return {
    people: Object.fromEntries(
      allPeople(site)
        .filter((person) => person.accountType === 'atlassian')
        .map(({ key, email, accountId, displayName }) => [key, { email, accountId, displayName }]),
    ),
    project: { key: accessDesk.key, id: accessDesk.id, serviceDeskId },
    projects: Object.fromEntries(allProjects(site).map(({ id, key }) => [key, { id, key }])),
    requestTypes: idsByName(requestTypes),
    fields: Object.fromEntries(Object.values(fieldIds).map((id) => [fieldById(id)?.name ?? id, id])),
    statuses: idsByName(workflow.statuses),
    transitions: idsByName(workflow.transitions.filter((transition) => transition.initial !== true)),
  };
}
