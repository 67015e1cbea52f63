import { project } from '../access-desk';
import type { Site } from '../site-state';

export function serviceDeskAnswer(site: Site): Record<string, unknown> {
  return {
    id: project.serviceDeskId,
    projectId: project.id,
    projectName: project.name,
    projectKey: project.key,
    projectTypeKey: 'service_desk',
    _links: { self: `${site.baseUrl()}/rest/servicedeskapi/servicedesk/${project.serviceDeskId}` },
  };
}
