/** An administrator's calls over HTTP, on the real site. */
import { sandboxRoutes } from '../../../sandbox/http/sandbox-routes';
import { type HttpServer, startHttpServer } from '../../../sandbox/http/server';
import { createJiraSite } from '../../../sandbox/jira/site';
import type { World } from '../../../sandbox/world';
import { startFakeTarget } from './fake-target';
import { fixtureWorld } from './fixture-world';

let world: World;
let server: HttpServer;
beforeAll(async () => {
  world = await fixtureWorld('in-process', { parts: { createSite: createJiraSite, startTarget: startFakeTarget } });
  server = await startHttpServer(0);
  server.serve(sandboxRoutes(world));
});
afterAll(async () => {
  await server.close();
  await world.close();
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the body of any answer
type Body = any;

async function post(path: string, body: object = {}): Promise<{ status: number; body: Body }> {
  const response = await fetch(`http://localhost:${server.port}/sandbox/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const status = async (key: string): Promise<string> =>
  (await world.as('adele@acme.test').get(`/rest/api/3/issue/${key}?fields=status`)).body.fields?.status.name;

it('imports, moves, retypes, clones, archives, restores and moves to another project', async () => {
  const row = { requestType: 'Request access', status: 'In progress', fields: { summary: 'Old' }, reporter: 'rita' };
  const { body } = await post('issues/import', row);
  expect(body).toEqual({ id: '10001', key: 'ACC-1' });
  expect(await post('issues/ACC-1/move', { status: 'Resolved' })).toEqual({ status: 200, body: { ok: true } });
  expect(await status('ACC-1')).toBe('Resolved');
  expect(await post('issues/ACC-1/retype', { requestType: 'Remove access' })).toMatchObject({ status: 200 });
  expect((await post('issues/ACC-1/clone', { as: 'amir' })).body).toEqual({ id: '10002', key: 'ACC-2' });
  expect(await post('issues/ACC-2/archive')).toMatchObject({ status: 200 });
  expect(await status('ACC-2')).toBeUndefined();
  expect(await post('issues/ACC-2/restore')).toMatchObject({ status: 200 });
  expect((await post('issues/ACC-2/reproject', { project: 'GOV' })).body).toEqual({ id: '10002', key: 'GOV-1' });
  expect(await status('ACC-2')).toBe('Open');
});

it('redraws the workflow, deactivates people and deletes projects', async () => {
  const close = { name: 'Close', from: ['In progress'], to: 'Resolved' };
  expect((await post('workflow', { addTransition: close })).body.version).toMatchObject({ versionNumber: 2 });
  const cut = await post('workflow', { transition: 'Resolve', remove: 'verification-gate' });
  expect(cut.body.version).toMatchObject({ versionNumber: 3 });
  expect(await post('people/rita', { active: false })).toEqual({ status: 200, body: { ok: true } });
  expect((await world.as('rita@acme.test').get('/rest/api/3/myself')).status).toBe(401);
  expect(await post('projects/GOV/delete')).toEqual({ status: 200, body: { ok: true } });
  expect((await world.state()).projects).toEqual({ ACC: { id: '10000', key: 'ACC' } });
});

it.each([
  ['issues/ACC-77/archive', {}, 'There is no issue ACC-77.'],
  ['issues/ACC-1/retype', {}, 'Name either an issueType or a requestType.'],
  ['issues/ACC-1/retype', { issueType: 7 }, '"issueType" must be a text'],
  ['issues/ACC-1/reproject', {}, '"project" must be a text'],
  ['issues/ACC-1/clone', { as: 'nobody' }, 'There is nobody called nobody.'],
  ['issues/import', { requestType: '11' }, '"status" must be a text'],
  ['issues/import', { requestType: '11', status: 'Resolved', fields: [] }, '"fields" must be an object'],
  ['workflow', {}, 'Name one of "remove", "add" and "addTransition"'],
  ['workflow', { remove: 'gate-guard' }, '"transition" must be a text'],
  ['workflow', { addTransition: { name: 'X', from: 'Open', to: 'Open' } }, '"from" must be a list of statuses'],
  ['people/amir', { active: 'no' }, '"active" must be true or false'],
  ['projects/NO/delete', {}, 'There is no project NO.'],
])('%s with %j is refused', async (path, body, error) => {
  expect(await post(path, body)).toEqual({ status: 400, body: { error } });
});
