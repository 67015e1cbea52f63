/** What the bridge's `invoke` does: a person, on a screen of the app, calls a resolver. */
import type { JiraSite } from '../contracts';
import { SITE } from './invoke/installation';
import { ENVIRONMENT_ID } from './invoke/installation';
import { type Invoke, SYNC_LIMIT_MS } from './invoke/invocations';
import type { Outcome } from './invoke/invoker';
import type { Manifest, ManifestModule } from './manifest';
import type { AccountType } from './platform';

export interface UiInvocation {
  accountId: string;
  accountType: AccountType;
  timeZone?: string;
  module: string;
  issue?: string;
  function: string;
  payload?: unknown;
}

export type UiOutcome = Outcome | { kind: 'refused'; message: string };

const MAX_PAYLOAD_BYTES = 500 * 1024;
const ISSUE_MODULES = new Set(['jira:issuePanel', 'jira:issueContext', 'jira:issueAction', 'jira:issueActivity']);

export function createUiInvoke(deps: { manifest: Manifest; invoke: Invoke; site: JiraSite }) {
  const { manifest, invoke, site } = deps;

  return async (call: UiInvocation): Promise<UiOutcome> => {
    const module = manifest.modules.get(call.module);
    if (!module || module.source['resolver'] === undefined || module.function === undefined)
      return refused(`The manifest has no module ${call.module} with a resolver`);
    if (!mayOpen(module, call.accountType)) return refused(`${call.module} is not open to people without a licence`);
    const payload = call.payload ?? {};
    if (Buffer.byteLength(JSON.stringify(payload)) > MAX_PAYLOAD_BYTES) return refused('The payload exceeds 500 KB');
    const extension = await extensionOf(module, call.issue);
    if (extension === undefined) return refused(`There is no issue ${call.issue ?? '(none given)'}`);

    return invoke({
      moduleType: module.type,
      moduleKey: module.key,
      functionKey: module.function,
      payload: {
        call: { functionKey: call.function, payload },
        context: {
          accountId: call.accountId,
          accountType: call.accountType,
          cloudId: SITE.cloudId,
          siteUrl: SITE.siteUrl,
          localId: `ari:cloud:ecosystem::extension/${manifest.appId}/${ENVIRONMENT_ID}/static/${module.key}`,
          moduleKey: module.key,
          environmentId: ENVIRONMENT_ID,
          environmentType: 'DEVELOPMENT',
          locale: 'en_US',
          timezone: call.timeZone ?? 'UTC',
          extension,
        },
      },
      principal: call.accountId,
      timeLimitMs: SYNC_LIMIT_MS,
    });
  };

  /**
   * Read as the app, not as the person: whether this person may see this issue is the app's question to ask, and a
   * sandbox that asked it first would hide an app that forgot.
   */
  async function extensionOf(module: ManifestModule, issueKey: string | undefined) {
    const type = module.type;
    if (ISSUE_MODULES.has(type)) {
      const found = await read(`/rest/api/3/issue/${encodeURIComponent(issueKey ?? '')}?fields=issuetype,project`);
      const issue = found as IssueBean | undefined;
      if (issueKey === undefined || !issue?.fields) return undefined;
      const { issuetype, project } = issue.fields;
      return {
        type,
        issue: { id: issue.id, key: issue.key, type: issuetype?.name, typeId: issuetype?.id },
        project: { id: project?.id, key: project?.key, type: project?.projectTypeKey ?? 'service_desk' },
      };
    }
    if (
      type === 'jiraServiceManagement:portalRequestDetailPanel' ||
      type === 'jiraServiceManagement:portalRequestDetail'
    ) {
      const found = await read(`/rest/servicedeskapi/request/${encodeURIComponent(issueKey ?? '')}`);
      const request = found as RequestBean | undefined;
      if (issueKey === undefined || !request?.issueKey) return undefined;
      return {
        type,
        portal: { id: Number(request.serviceDeskId) },
        request: { key: request.issueKey, typeId: Number(request.requestTypeId) },
      };
    }
    return { type };
  }

  async function read(path: string): Promise<unknown> {
    const { status, body } = await site.handle({ method: 'GET', path, headers: {}, actor: { kind: 'app' } });
    return status === 200 ? body : undefined;
  }
}

interface IssueBean {
  id: string;
  key: string;
  fields?: {
    issuetype?: { id: string; name: string };
    project?: { id: string; key: string; projectTypeKey?: string };
  };
}

interface RequestBean {
  issueKey?: string;
  serviceDeskId?: string;
  requestTypeId?: string;
}

const refused = (message: string): UiOutcome => ({ kind: 'refused', message });

function mayOpen(module: ManifestModule, accountType: AccountType): boolean {
  if (accountType === 'licensed') return true;
  const open = module.source['unlicensedAccess'];
  return Array.isArray(open) && open.includes(accountType);
}
