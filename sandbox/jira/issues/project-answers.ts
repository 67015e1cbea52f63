import { issueTypes } from '../access-desk';
import type { ProjectRecord } from '../records';
import type { Site } from '../site-state';

function avatars(site: Site): Record<string, string> {
  const url = `${site.baseUrl()}/rest/api/3/universal_avatar/view/type/project/avatar/10400`;
  return { '48x48': url, '24x24': `${url}?size=small`, '16x16': `${url}?size=xsmall`, '32x32': `${url}?size=medium` };
}

/** A project as other answers refer to it. */
export function projectAnswer(site: Site, project: ProjectRecord): Record<string, unknown> {
  return {
    self: `${site.baseUrl()}/rest/api/3/project/${project.id}`,
    id: project.id,
    key: project.key,
    name: project.name,
    projectTypeKey: project.projectTypeKey,
    simplified: false,
    avatarUrls: avatars(site),
  };
}

export function issueTypeAnswer(site: Site, id: string): Record<string, unknown> {
  const type = issueTypes.find((known) => known.id === id);
  if (type === undefined) throw new Error(`no issue type ${id}`);
  return {
    self: `${site.baseUrl()}/rest/api/3/issuetype/${type.id}`,
    id: type.id,
    description: type.description,
    iconUrl: `${site.baseUrl()}/rest/api/3/universal_avatar/view/type/issuetype/avatar/10500?size=medium`,
    name: type.name,
    subtask: false,
    avatarId: 10500,
    hierarchyLevel: 0,
  };
}
