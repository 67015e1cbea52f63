/** The relay as companies run it: the one file, started with Node in a folder where nothing is installed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedApp, seededConnectors } from '../../sandbox/seed/app-config';
import { createWorld } from '../../sandbox/world';
import type { ProbeStepView } from '../../src/contract/settings-view';
import { buildRelay } from '../../tools/build-relay';
import { Desk } from '../app/desk';

const secret = 'canary-secret-of-the-relay-in-one-file';
const connector = {
  id: 'plant',
  name: 'Plant',
  kind: 'relay',
  baseUrl: '',
  auth: { kind: 'signature' },
  directory: false,
  write: false,
};

let folder: string;
let desk: Desk;
let outside: Server;
let relay: ChildProcess | undefined;
let said = '';
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relay-'));
  said = '';
  // The relay signs with the clock of the machine that it runs on, so the site's clock has to be right.
  const clock = { kind: 'manual', start: new Date().toISOString() } as const;
  const world = await createWorld({
    functions: 'in-process',
    clock,
    onFirstStart: seedApp,
    connectors: seededConnectors,
  });
  desk = new Desk(world, await world.state());
  outside = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, [value].flat() as string[]]),
      );
      void world
        .callWebTrigger({
          method: request.method ?? '',
          path: request.url ?? '',
          headers,
          body: Buffer.concat(chunks).toString('utf8'),
        })
        .then((answer) => {
          for (const [name, values] of Object.entries(answer.headers)) response.setHeader(name, values);
          response.writeHead(answer.status).end(answer.body);
        });
    });
  }).listen(0, '127.0.0.1');
  await once(outside, 'listening');
});
afterEach(async () => {
  if (relay?.exitCode === null) {
    relay.kill();
    await once(relay, 'exit');
  }
  outside.closeAllConnections();
  outside.close();
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(baseUrl: string, token: string): Promise<void> {
  const file = await buildRelay(join(folder, 'proofgate-relay.mjs'));
  const { port } = outside.address() as AddressInfo;
  const path = new URL(desk.state.webTriggers.relay as string).pathname;
  writeFileSync(join(folder, 'relay.secret'), `${secret}\n`);
  writeFileSync(join(folder, 'target.token'), `${token}\n`);
  writeFileSync(
    join(folder, 'relay.json'),
    JSON.stringify({
      app: `http://127.0.0.1:${port}${path}`,
      connector: 'plant',
      secretFile: 'relay.secret',
      target: { baseUrl, tokenFile: 'target.token' },
      waitSeconds: 2,
    }),
  );
  relay = spawn(process.execPath, [file, 'relay.json'], { cwd: folder, env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [relay.stdout, relay.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
}

it('reads for the app from a folder where nothing is installed, and says nothing of what it reads', async () => {
  const saved = await desk.invoke('adele', 'access-admin', 'saveConnector', undefined, {
    connector,
    secret,
    expectedRev: 0,
  });
  expect(saved).toMatchObject({ ok: true });
  const { baseUrl, token } = desk.world.target('SCIM directory');
  await start(baseUrl, token);
  let steps: readonly ProbeStepView[] = [];
  for (let i = 0; i < 20 && !steps.some(({ step, ok }) => step === 'read-groups' && ok); i++) {
    const answer = await desk.invoke('adele', 'access-admin', 'probeConnector', undefined, { connector });
    steps = answer.ok ? (answer.result as { steps: readonly ProbeStepView[] }).steps : [];
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  expect({ steps: steps.map(({ step, ok }) => [step, ok]), said }).toMatchObject({
    steps: expect.arrayContaining([
      ['sign-in', true],
      ['wrong-secret-refused', true],
      ['read-groups', true],
    ]) as unknown,
  });
  const listed = await desk.invoke('adele', 'access-admin', 'listEntitlements', undefined, { connectorId: 'plant' });
  expect(JSON.stringify(listed)).toContain('Finance Approvers');
  expect(said).not.toContain(secret);
  expect(said).not.toContain(token);
  expect(said).not.toContain('Finance');
});

it('does not start with an address over which its secrets would travel in the clear', async () => {
  await start('http://scim.acme.test/v2', 'token');
  await once(relay as ChildProcess, 'exit');
  expect(relay?.exitCode).not.toBe(0);
  expect(said).toContain('has to begin with https://');
});
