import { events, router, view } from '@forge/bridge';

/** The surfaces of the app; one page shows all of them. */
export type Surface = 'panel' | 'context' | 'admin' | 'portal';

/** Where this page is shown and for whom. */
export interface Frame {
  readonly surface: Surface | undefined;
  readonly locale: string;
  readonly timeZone: string | undefined;
  /** The issue or request that the page is shown on. */
  readonly issueKey: string | undefined;
  /** The customer portal that it is shown in. */
  readonly portalId: string | undefined;
}

const byModuleKey: Readonly<Record<string, Surface>> = {
  'access-panel': 'panel',
  'access-context': 'context',
  'access-admin': 'admin',
  'access-portal': 'portal',
};

const byExtensionType: Readonly<Record<string, Surface>> = {
  'jira:issuePanel': 'panel',
  'jira:issueContext': 'context',
  'jira:adminPage': 'admin',
  'jiraServiceManagement:portalRequestDetailPanel': 'portal',
};

/** Reads the frame once. Hosts name the module by its key, some only by its type. */
export async function readFrame(): Promise<Frame> {
  const context = await view.getContext();
  const type: unknown = context.extension?.type;
  const extension = (context.extension ?? {}) as {
    readonly issue?: { readonly key?: unknown };
    readonly request?: { readonly key?: unknown };
    readonly portal?: { readonly id?: unknown };
  };
  const key = extension.issue?.key ?? extension.request?.key;
  const portal = extension.portal?.id;
  return {
    surface: byModuleKey[context.moduleKey] ?? (typeof type === 'string' ? byExtensionType[type] : undefined),
    locale: typeof context.locale === 'string' ? context.locale.replace('_', '-') : 'en-US',
    timeZone: typeof context.timezone === 'string' ? context.timezone : undefined,
    issueKey: typeof key === 'string' ? key : undefined,
    portalId: typeof portal === 'string' || typeof portal === 'number' ? String(portal) : undefined,
  };
}

/** Light or dark as the product is. A host without themes is no error: the fallbacks of the styles are light. */
export async function followTheme(): Promise<void> {
  await view.theme.enable().catch(() => undefined);
}

/** Calls back when Jira says that the issue changed. Hosts without this event stay silent. */
export function onIssueChanged(changed: () => void): () => void {
  let off: (() => void) | undefined;
  let done = false;
  events
    .on('JIRA_ISSUE_CHANGED', changed)
    .then((subscription) => {
      off = () => subscription?.unsubscribe();
      if (done) off();
    })
    .catch(() => undefined);
  return () => {
    done = true;
    off?.();
  };
}

/** Opens another issue in a new tab: in the portal for those who look at it there, since customers have no other way. */
export async function openIssue(key: string, portalId: string | undefined): Promise<void> {
  const name = encodeURIComponent(key);
  const url =
    portalId === undefined ? `/browse/${name}` : `/servicedesk/customer/portal/${encodeURIComponent(portalId)}/${name}`;
  await router.open(url).catch(() => undefined);
}
