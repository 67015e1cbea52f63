import OpenAPIBackend, { type Document } from 'openapi-backend';
import { createJiraSite } from '../../sandbox/jira/site';
import type { SiteRequest } from '../../sandbox/contracts';
import { createWorld } from '../../sandbox/world';
import { seedApp, seededConnectors } from '../../sandbox/seed/app-config';
import { Desk, start } from '../app/desk';
import { describeWithDescriptions, readDescription, type Description } from '../sandbox/jira/official-descriptions';

/** Requests that the descriptions refuse although Jira takes them. Every entry gives its reason. */
const refusedByFault: Array<{ operation: string; path: RegExp; reason: string }> = [];

/** Operations that the descriptions at hand leave out. Every entry says where they are described. */
const describedElsewhere: ReadonlyMap<string, string> = new Map([
  ['POST /rest/api/3/issueLink', 'Jira Cloud platform REST API v3, "Create issue link"'],
]);

function backendOf(description: Description): OpenAPIBackend {
  return new OpenAPIBackend({
    definition: description as unknown as Document,
    strict: false,
    quick: true,
    ajvOpts: { strict: false, allErrors: true, validateFormats: false },
  });
}

describeWithDescriptions('every request of the app follows the official descriptions', () => {
  const backends = { platform: backendOf(readDescription('platform')), desk: backendOf(readDescription('desk')) };
  beforeAll(async () => void (await Promise.all([backends.platform.init(), backends.desk.init()])));

  test('through the story with approvals, a refusal, a problem, escalation, ends and a look at the workflow', async () => {
    const requests: SiteRequest[] = [];
    let people = 0;
    const world = await createWorld({
      functions: 'in-process',
      clock: { kind: 'manual', start },
      onFirstStart: seedApp,
      connectors: seededConnectors,
      parts: {
        createSite: (options) => {
          const site = createJiraSite(options);
          return {
            ...site,
            handle: (request) => {
              if (people === 0) requests.push(request);
              return site.handle(request);
            },
          };
        },
      },
    });
    const desk = new Desk(world, await world.state());
    const byPeople = async <T>(work: () => Promise<T>): Promise<T> => {
      people++;
      try {
        return await work();
      } finally {
        people--;
      }
    };
    const until = '2027-01-31T00:00:00.000Z';
    const first = await byPeople(() => desk.raise({ end: until }));
    await world.settle();
    const key = (first.body as { issueKey: string }).issueKey;
    const { contentHash } = await desk.view(key);
    await desk.invoke('mark', 'access-portal', 'decideStage', key, { decision: 'approve', contentHash });
    await desk.verify(key);
    await desk.addMember('Finance Approvers', 'rita@acme.test');
    await desk.move(key, 'Cancel');
    await desk.move(key, 'Resolve');
    await byPeople(() => desk.raise({ entitlement: 'Nothing of the kind', end: until }));
    await world.settle();
    await world.advance('PT10M');
    // What time does: reminders and their people, a governance request, a removal, the hourly look, an emergency.
    await desk.invoke('rita', 'access-portal', 'giveBack', key);
    const privileged = await byPeople(() => desk.raise({ entitlement: 'Production Admins', duration: 'PT2H' }));
    await world.settle();
    await world.advance('PT3H');
    const { issueKey } = privileged.body as { issueKey: string };
    await desk.invoke('amir', 'access-panel', 'openEmergency', issueKey, { reason: 'Production is down' });
    await world.settle();
    await world.advance('PT5H');
    await desk.close();
    const used = requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`);
    for (const expected of [
      /^POST \/rest\/api\/3\/issue$/,
      /^POST \/rest\/api\/3\/issueLink$/,
      /^POST \/rest\/servicedeskapi\/request\/.+\/participant$/,
      /^GET \/rest\/api\/3\/workflows\/search$/,
      /^PUT \/rest\/api\/3\/issue\/\d+$/,
    ])
      expect(used.some((line) => expected.test(line))).toBe(true);

    const app = requests.filter((request) => request.actor.kind === 'app' || request.path.includes('/approval/'));
    expect(app.length).toBeGreaterThan(20);
    const failures = app.flatMap((request) => problems(request, backends));
    expect(failures).toEqual([]);
  });
});

function problems(request: SiteRequest, backends: Record<'platform' | 'desk', OpenAPIBackend>): string[] {
  const backend = request.path.startsWith('/rest/servicedeskapi/') ? backends.desk : backends.platform;
  const parsed = new URL(request.path, 'http://site');
  const wire = {
    method: request.method,
    path: parsed.pathname,
    query: Object.fromEntries(parsed.searchParams),
    headers: { 'content-type': 'application/json' },
    ...(request.body ? { body: JSON.parse(request.body) as never } : {}),
  };
  const operation = backend.matchOperation(wire);
  const name = `${request.method} ${parsed.pathname}`;
  if (!operation) return describedElsewhere.has(name) ? [] : [`${name} is not described`];
  const { errors } = backend.validateRequest(wire, operation);
  return (errors ?? [])
    .filter(
      (error) =>
        !refusedByFault.some(
          (fault) => fault.operation === operation.operationId && fault.path.test(error.instancePath),
        ),
    )
    .map((error) => `${operation.operationId}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}
