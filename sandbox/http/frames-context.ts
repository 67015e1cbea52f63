/** What `view.getContext()` answers in a frame of the app: who looks, and at what. */
import { ENVIRONMENT_ID, SITE } from '../platform/invoke/installation';
import type { SeedPerson } from '../seed/company';
import type { World } from '../world';
import { ClientError } from './router';

const OF_ISSUE = new Set(['jira:issuePanel', 'jira:issueContext', 'jira:issueAction', 'jira:issueActivity']);
const OF_REQUEST = new Set([
  'jiraServiceManagement:portalRequestDetailPanel',
  'jiraServiceManagement:portalRequestDetail',
]);

export async function frameContext(world: World, person: SeedPerson, key: string, issue: string | undefined) {
  const module = world.manifest.modules.get(key);
  if (!module || module.source['resource'] === undefined) throw new ClientError(404, `The app has no page ${key}`);
  const localId = `ari:cloud:ecosystem::extension/${world.manifest.appId}/${ENVIRONMENT_ID}/static/${key}`;
  return {
    accountId: person.accountId,
    accountType: person.licensed ? 'licensed' : 'customer',
    cloudId: SITE.cloudId,
    localId,
    moduleKey: key,
    environmentId: ENVIRONMENT_ID,
    environmentType: 'DEVELOPMENT',
    siteUrl: SITE.siteUrl,
    locale: 'en_US',
    timezone: person.timeZone,
    extension: await extensionOf(world, person, module.type, issue),
  };
}

async function extensionOf(
  world: World,
  person: SeedPerson,
  type: string,
  issue: string | undefined,
): Promise<Record<string, unknown>> {
  const site = world.as(person.email);
  const key = encodeURIComponent(issue ?? '');
  if (OF_ISSUE.has(type)) {
    const { status, body } = await site.get(`/rest/api/3/issue/${key}?fields=issuetype,project`);
    if (status !== 200) throw new ClientError(404, `There is no issue ${issue ?? ''} for you`);
    const { id, fields } = body as { id: string; fields: Record<string, Record<string, string>> };
    const { issuetype, project } = fields;
    return {
      type,
      issue: { id, key: issue, type: issuetype?.['name'], typeId: issuetype?.['id'] },
      project: { id: project?.['id'], key: project?.['key'], type: project?.['projectTypeKey'] ?? 'service_desk' },
    };
  }
  if (OF_REQUEST.has(type)) {
    const { status, body } = await site.get(`/rest/servicedeskapi/request/${key}`);
    if (status !== 200) throw new ClientError(404, `There is no request ${issue ?? ''} for you`);
    const { serviceDeskId, requestTypeId } = body as Record<string, string>;
    return { type, portal: { id: Number(serviceDeskId) }, request: { key: issue, typeId: Number(requestTypeId) } };
  }
  return { type };
}
