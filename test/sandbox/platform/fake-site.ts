/** A Jira of one project, for tests of the seam between platform and site. */
import type { JiraSite, SiteHooks } from '../../../sandbox/contracts';
import { people } from '../../../sandbox/seed/company';

export interface FakeSite extends JiraSite {
  hooks: SiteHooks;
  seen: Array<{ method: string; path: string; actor: string; body: string | undefined }>;
}

const RULES: Array<[RegExp, string[]]> = [
  [/^GET \/rest\/api\/3\/issue\/[^/]+$/, ['read:jira-work']],
  [/^POST \/rest\/api\/3\/issue\/[^/]+\/comment$/, ['write:jira-work']],
  [/^GET \/rest\/api\/3\/configuration$/, ['manage:jira-configuration']],
  [/^GET \/rest\/api\/3\/serverInfo$/, []],
  [/^GET \/rest\/servicedeskapi\/request\/[^/]+$/, ['read:servicedesk-request']],
];

const nobody = (): never => {
  throw new Error('the fake site has no administrator');
};

export function createFakeSite({ hooks }: { hooks: SiteHooks }): FakeSite {
  const site: FakeSite = {
    hooks,
    seen: [],
    appAccountId: '557058:app',
    handle: async ({ method, path, actor, body }) => {
      site.seen.push({ method, path, body, actor: actor.kind === 'user' ? actor.accountId : actor.kind });
      const key = /\/(?:issue|request)\/([^/?]+)/.exec(path)?.[1] ?? 'T-1';
      if (key === 'T-404') return { status: 404, headers: {}, body: { errorMessages: ['Issue does not exist'] } };
      if (path.includes('/servicedeskapi/'))
        return { status: 200, headers: {}, body: { issueKey: key, serviceDeskId: '1', requestTypeId: '11' } };
      return {
        status: method === 'POST' ? 201 : 200,
        headers: {},
        body: {
          id: '10001',
          key,
          fields: {
            issuetype: { id: '3', name: 'Access' },
            project: { id: '1', key: 'T', projectTypeKey: 'service_desk' },
          },
        },
        objects: 1,
      };
    },
    scopeRule: (method, path) => {
      const operation = `${method} ${path.split('?')[0]}`;
      const rule = RULES.find(([pattern]) => pattern.test(operation));
      return rule && { operation, scopes: rule[1] };
    },
    authenticate: (email, password) => {
      const person = people.find((candidate) => candidate.email === email);
      return person && password === 'sandbox' ? { kind: 'user', accountId: person.accountId } : undefined;
    },
    moveIssue: (issueKey) =>
      hooks.publish({ eventType: 'avi:jira:updated:issue', issue: { id: '10001', key: issueKey } }),
    administration: {
      move: (issueKey, status) => site.moveIssue(issueKey, status),
      archive: nobody,
      restore: nobody,
      retype: nobody,
      reproject: nobody,
      clone: nobody,
      import: nobody,
      redrawWorkflow: nobody,
      setActive: nobody,
      deleteProject: nobody,
    },
    describe: () => ({
      people: Object.fromEntries(
        people.map(({ key, email, accountId, displayName }) => [key, { email, accountId, displayName }]),
      ),
      project: { key: 'T', id: '1', serviceDeskId: '1' },
      projects: { T: { id: '1', key: 'T' } },
      requestTypes: {},
      fields: {},
      statuses: {},
      transitions: {},
    }),
  };
  return site;
}
