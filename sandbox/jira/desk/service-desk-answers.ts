import { accessDesk, serviceDeskId } from '../access-desk';
import type { Site } from '../site-state';

export function serviceDeskAnswer(site: Site): Record<string, unknown> {
  return {
    id: serviceDeskId,
    projectId: accessDesk.id,
    projectName: accessDesk.name,
    projectKey: accessDesk.key,
    projectTypeKey: accessDesk.projectTypeKey,
    _links: { self: `${site.baseUrl()}/rest/servicedeskapi/servicedesk/${serviceDeskId}` },
  };
}
