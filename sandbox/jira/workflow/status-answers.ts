import type { Site } from '../site-state';
import type { StatusDefinition } from './definition';
import { statusById } from './workflow';

const categories = {
  new: { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do', desk: 'NEW' },
  indeterminate: { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress', desk: 'INDETERMINATE' },
  done: { id: 3, key: 'done', colorName: 'green', name: 'Done', desk: 'DONE' },
} as const;

export const categoryName = (category: StatusDefinition['category']): string => categories[category].name;
export const categoryId = (category: StatusDefinition['category']): number => categories[category].id;
export const deskCategory = (category: StatusDefinition['category']): string => categories[category].desk;

/** A status as the platform shows it. */
export function statusAnswer(site: Site, statusId: string): Record<string, unknown> {
  const status = statusById(site, statusId);
  const { id, key, colorName, name } = categories[status.category];
  return {
    self: `${site.baseUrl()}/rest/api/3/status/${status.id}`,
    description: status.description,
    iconUrl: `${site.baseUrl()}/images/icons/statuses/generic.png`,
    name: status.name,
    id: status.id,
    statusCategory: { self: `${site.baseUrl()}/rest/api/3/statuscategory/${id}`, id, key, colorName, name },
  };
}
