import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { accountOf, desk, World } from './harness';

/** A tiny front for the site, so that a real client can call it. */
function serve(world: World): Promise<Server> {
  const server = createServer((request, response) => void answer(world, request, response));
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? '/';
  if (url.startsWith('/ask-approval/')) {
    const key = url.slice('/ask-approval/'.length);
    const fields = { [desk.approvers]: [{ accountId: accountOf('mark') }] };
    await world.ok('app', `PUT /rest/api/3/issue/${key}`, { fields });
    await world.must('app', key, 'Ask approval');
    response.end();
    return;
  }
  const [email = '', password = ''] = Buffer.from(request.headers.authorization?.slice('Basic '.length) ?? '', 'base64')
    .toString()
    .split(':');
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const result = await world.site.handle({
    method: request.method ?? 'GET',
    path: url,
    headers: {},
    body,
    actor: world.site.authenticate(email, password) ?? { kind: 'anonymous' },
  });
  response.writeHead(result.status, result.headers);
  response.end(result.body === undefined ? undefined : JSON.stringify(result.body));
}

test('every answer of a whole session parses under the schemas of jira.js', async () => {
  const server = await serve(new World());
  const { port } = server.address() as AddressInfo;
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [join(__dirname, 'jira-js-session.mjs'), `http://127.0.0.1:${port}`],
      { timeout: 15_000 },
      (_error, stdout, stderr) => resolve(stdout || stderr),
    );
  });
  await new Promise((resolve) => server.close(resolve));
  const session = JSON.parse(output) as { calls: string[]; failed?: string };
  expect(session).toEqual({ calls: session.calls });
  expect(session.calls).toHaveLength(33);
});
