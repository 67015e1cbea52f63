/** `npm start`: the seeded company on one machine. Prints one line `ready http://localhost:PORT` when it can be used. */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { framesRoutes } from './http/frames-routes';
import { sandboxRoutes } from './http/sandbox-routes';
import { startHttpServer } from './http/server';
import { siteRoutes } from './http/site-routes';
import { buildScreens } from './http/web-build';
import { guardWrites } from './http/web-guard';
import { webPages } from './http/web-pages';
import { webRoutes } from './http/web-routes';
import { createWebSessions } from './http/web-sessions';
import { webTriggerRoutes } from './http/web-trigger-routes';
import { startTargets } from './targets/start-targets';
import { createWorld } from './world';

const DEFAULT_DATA = join(__dirname, '..', '.sandbox', 'data');
const DEFAULT_PORT = 8080;
const LONGEST_GOODBYE_MS = 5000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      reset: { type: 'boolean', default: false },
      data: { type: 'string' },
      // Serves REST without building the screens: for tests and clients that never open a page.
      'rest-only': { type: 'boolean', default: false },
    },
  });
  const dataDir = values.data === undefined ? DEFAULT_DATA : resolve(values.data);
  if (values.reset) rmSync(dataDir, { recursive: true, force: true });

  const screens = values['rest-only']
    ? Promise.resolve()
    : buildScreens((line) => process.stderr.write(`sandbox: ${line}\n`));
  const server = await startHttpServer(readPort(process.env['PORT']));
  // The app's frames live on another origin than the pages around them, on whatever port is free.
  const frames = await startHttpServer(0);
  const { seedAnchor, seedApp, seededConnectors } = await import('./seed/app-config');
  const world = await createWorld({
    dataDir,
    functions: 'processes',
    clock: { kind: 'wall' },
    port: server.port,
    onFirstStart: async (fresh) => {
      await seedApp(fresh);
      await seedAnchor(fresh);
    },
    connectors: () => seededConnectors(),
    moreTargets: startTargets,
    onLog: (line) => process.stderr.write(`app: ${line}\n`),
  });
  const pageOrigin = `http://localhost:${server.port}`;
  const framesHost = `127.0.0.1:${frames.port}`;
  const sessions = createWebSessions(server.port);
  const onViolation = (report: string) => void process.stderr.write(`sandbox: content security policy: ${report}\n`);
  frames.serve(framesRoutes(world, { pageOrigin, host: framesHost, onViolation }));
  server.serve(
    guardWrites([
      ...webRoutes(world, sessions, `http://${framesHost}`),
      ...sandboxRoutes(world),
      ...siteRoutes(world, sessions.actor),
      ...webTriggerRoutes(world),
      ...webPages(server.port, `http://${framesHost}`),
    ]),
  );
  await screens;
  world.run();
  console.log(`ready http://localhost:${server.port}`);
  console.log(story(server.port));

  let leaving = false;
  const leave = () => {
    if (leaving) return;
    leaving = true;
    // Whatever does not end by then is done again at the next start: nothing is lost by leaving.
    setTimeout(() => process.exit(0), LONGEST_GOODBYE_MS).unref();
    void Promise.all([server.close(), frames.close()])
      .then(() => world.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
  };
  process.on('SIGINT', leave);
  process.on('SIGTERM', leave);
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_PORT;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`PORT must be a port number, not ${text}`);
  return port;
}

const story = (port: number) => `
This is a sandbox: a Jira Service Management site of one machine, with the company acme.test and the app installed.
Open http://localhost:${port} in a browser and play the story. Over REST everybody signs in with the password "sandbox" (Basic auth): rita@ requests, mark@ is her manager, olga@ owns the finance
entitlements, amir@ and ana@ are agents, adele@ administers Jira, gus@ owns governance, pam@ owns privileged access.

  curl -s localhost:${port}/sandbox/state
  curl -s -u amir@acme.test:sandbox localhost:${port}/rest/api/3/myself
  curl -s -X POST localhost:${port}/sandbox/clock -d '{"advance":"PT1H"}'

sandbox/README.md tells the rest.`;

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
