/** One sandbox: store, clock, platform, Jira site and SCIM server, joined. `npm start` has one, every test its own. */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type {
  Clock,
  Actor,
  Faults,
  JiraSite,
  LedgerCall,
  SiteAdministration,
  SiteDescription,
  Store,
  TargetServer,
} from './contracts';
import { createJiraSite } from './jira/site';
import { createFaultBox } from './platform/faults';
import { type AppModule, inProcessInvoker } from './platform/invoke/in-process';
import type { Invoker } from './platform/invoke/invoker';
import { processInvoker } from './platform/invoke/processes';
import { loadManifest, type Manifest, modulesOfType } from './platform/manifest';
import { type AccountType, createPlatform, type Platform } from './platform/platform';
import { seededRng } from './platform/rng';
import { type ClockOptions, createClock } from './platform/time/clock';
import { createUiInvoke, type UiOutcome } from './platform/ui-invoke';
import { declaredUrls, type WebRequest, type WebResponse } from './platform/web-triggers';
import { startScimServer } from './scim/server';
import { people } from './seed/company';
import { memoryStore, openStore } from './store';

const ROOT = resolve(__dirname, '..');
/** How often this store was started, and under `configured` the shape of what its completed first start has seeded. */
const LIFE = 'life';
/** Counts on when seeded records change their shape. The company is always the same: older data is dropped, not migrated. */
const SHAPE = 2;

export interface WorldOptions {
  /** Where everything is kept; absent: in memory. */
  dataDir?: string;
  /** In memory only: a store of the caller's own, so that it can look into it and fill it beside the app. */
  store?: Store;
  functions: 'in-process' | 'processes';
  /** In-process only: loads the app. Default: `src/index.ts`. */
  app?: () => AppModule | Promise<AppModule>;
  /** Processes only: the app's entry file. Default: `src/index.ts`. */
  entry?: string;
  /** Default: `manifest.yml` of this repository. */
  manifest?: string;
  clock: ClockOptions;
  seed?: number;
  /** Of the HTTP server in front of this world, for the addresses that the world tells. */
  port?: number;
  /** Runs once, on an empty store: puts the app's own configuration in place. */
  onFirstStart?: (world: World) => Promise<void>;
  /** Further target systems beside the directory: vendors' services as small servers on loopback. */
  moreTargets?: (parts: { store: Store; clock: Clock }) => Promise<TargetServer[]>;
  /** The app's connectors by name, for `state()`. */
  connectors?: (world: World) => Promise<Record<string, string>>;
  /** Lines that functions print. Only child processes' output is caught. */
  onLog?: (line: string) => void;
  /** Shortens every time limit of functions; for tests of time-outs. */
  longestInvocationMs?: number;
  /** For tests of the platform alone. */
  parts?: {
    createSite?: typeof createJiraSite;
    startTarget?: typeof startScimServer;
  };
}

export interface InvokeRequest {
  /** E-mail of a seeded person. */
  as: string;
  module: string;
  issue?: string;
  function: string;
  payload?: unknown;
}

export type InvokeAnswer =
  { ok: true; result: unknown } | { ok: false; error: string; outcome: 'error' | 'timeout' | 'crashed' | 'refused' };

export interface RestAnswer {
  status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the body of any REST call
  body: any;
  headers: Record<string, string>;
}

export interface RestClient {
  get(path: string): Promise<RestAnswer>;
  post(path: string, body?: unknown): Promise<RestAnswer>;
  put(path: string, body?: unknown): Promise<RestAnswer>;
  delete(path: string, body?: unknown): Promise<RestAnswer>;
}

export interface WorldState extends SiteDescription {
  now: string;
  connectors: Record<string, string>;
  targets: Record<string, { baseUrl: string; token: string }>;
  webTriggers: Record<string, string>;
  modules: Record<string, string[]>;
  functions: Record<string, string>;
}

export interface World extends SiteAdministration {
  readonly manifest: Manifest;
  readonly site: JiraSite;
  readonly platform: Platform;
  now(): string;
  /** When the sweep last ended well. */
  lastSweep(): string | null;
  /** The site as one person sees it. */
  as(email: string): RestClient;
  invoke(request: InvokeRequest): Promise<InvokeAnswer>;
  /** Runs the function behind any module or function key of the manifest. */
  invokeFunction(key: string, payload?: unknown): Promise<InvokeAnswer>;
  callWebTrigger(request: WebRequest): Promise<WebResponse>;
  /** Moves time on by an ISO-8601 duration; what falls due happens in order. Answers the new instant. */
  advance(duration: string): Promise<string>;
  /** Waits until events and queues that are due now are drained. */
  settle(): Promise<void>;
  /** Replaces all faults. Throws on an unknown or malformed one. */
  faults(faults: Faults): void;
  ledger(since?: number): { next: number; calls: LedgerCall[] };
  state(): Promise<WorldState>;
  exportAudit(): Promise<string>;
  target(name: string): TargetServer;
  unmodelled(): Array<{ operation: string; count: number }>;
  /** Lets schedules, events and queues happen by themselves at wall speed. */
  run(): void;
  close(): Promise<void>;
}

export async function createWorld(options: WorldOptions): Promise<World> {
  const manifest = loadManifest(options.manifest ?? join(ROOT, 'manifest.yml'));
  const store =
    options.dataDir === undefined ? (options.store ?? memoryStore()) : await openConfigured(options.dataDir);
  const clock = createClock(store, options.clock);
  const life = store.table<number>(LIFE);
  // Each start draws other ids: the same seed twice over one store would make the same ids twice.
  const starts = (life.get('starts') ?? 0) + 1;
  life.put('starts', starts);
  const seed = options.seed ?? (options.clock.kind === 'manual' ? 1 : Math.floor(Math.random() * 2 ** 32));
  const rng = seededRng((seed + Math.imul(starts - 1, 0x85ebca6b)) >>> 0);
  const faults = createFaultBox(clock, seed);
  const baseUrl = () => `http://localhost:${options.port ?? 8080}`;

  const invoker = await chooseInvoker(options, manifest);
  const platform = createPlatform({
    store,
    clock,
    rng,
    faults,
    manifest,
    invoker,
    baseUrl,
    accountType: accountTypeOf,
    ...(options.longestInvocationMs === undefined ? {} : { longestInvocationMs: options.longestInvocationMs }),
  });
  const createSite = options.parts?.createSite ?? createJiraSite;
  const startTarget = options.parts?.startTarget ?? startScimServer;
  const currentFaults = () => faults.current();
  const site = createSite({ store, clock, rng, hooks: platform.hooks, faults: currentFaults, baseUrl });
  const targets = [
    await startTarget({ store, clock, faults: currentFaults }),
    ...((await options.moreTargets?.({ store, clock })) ?? []),
  ];
  platform.attach(site, targets);
  const uiInvoke = createUiInvoke({ manifest, invoke: platform.invoke, site });

  const describe = () => site.describe();
  const accountIdOf = (email: string): string => {
    const person = Object.values(describe().people).find((candidate) => candidate.email === email);
    if (!person) throw new Error(`there is no person ${email}`);
    return person.accountId;
  };

  const world: World = {
    manifest,
    site,
    platform,
    now: () => new Date(clock.now()).toISOString(),
    lastSweep: () => platform.schedules.lastRun(firstOf(manifest, 'scheduledTrigger') ?? '') ?? null,
    as: (email) => restClient(site, { kind: 'user', accountId: accountIdOf(email) }),
    invoke: async (request) => {
      const accountId = Object.values(describe().people).find(({ email }) => email === request.as)?.accountId;
      if (accountId === undefined) return answerOf({ kind: 'refused', message: `There is no person ${request.as}` });
      const timeZone = people.find((person) => person.accountId === accountId)?.timeZone;
      return answerOf(
        await uiInvoke({
          accountId,
          accountType: accountTypeOf(accountId),
          ...(timeZone === undefined ? {} : { timeZone }),
          module: request.module,
          ...(request.issue === undefined ? {} : { issue: request.issue }),
          function: request.function,
          payload: request.payload,
        }),
      );
    },
    invokeFunction: async (key, payload = {}) => answerOf(await platform.invokeModule(key, payload)),
    callWebTrigger: (request) => platform.webTriggers.handle(request),
    advance: async (duration) => {
      await platform.dispatcher.advance(duration);
      return world.now();
    },
    settle: () => platform.settle(),
    faults: (wanted) => void faults.set(wanted),
    ledger: (since = 1) => platform.ledger.since(since),
    ...site.administration,
    state: async () => ({
      now: world.now(),
      ...describe(),
      connectors: (await options.connectors?.(world)) ?? {},
      targets: Object.fromEntries(targets.map(({ name, baseUrl: url, token }) => [name, { baseUrl: url, token }])),
      webTriggers: declaredUrls(manifest, platform.webTriggers),
      modules: keysByType(manifest),
      functions: Object.fromEntries([...manifest.functions.values()].map(({ key, handler }) => [key, handler])),
    }),
    exportAudit: () => exportAudit(world),
    target: (name) => {
      const found = targets.find((target) => target.name === name || target.host === name);
      if (!found) throw new Error(`there is no target ${name}`);
      return found;
    },
    unmodelled: () => platform.unmodelled.list(),
    run: () => platform.dispatcher.start(),
    close: async () => {
      await platform.dispatcher.stop();
      await invoker.close();
      await Promise.all(targets.map((target) => target.close()));
      clock.persist();
      await store.close();
    },
  };
  if (life.get('configured') !== SHAPE) {
    for (const { host } of targets) if (manifest.egress.configurable) platform.egress.approve(host);
    try {
      await options.onFirstStart?.(world);
    } catch (error) {
      await world.close();
      throw error;
    }
    life.put('configured', SHAPE);
  }
  return world;
}

/**
 * Opens a store; afresh when an earlier first start died before the app was configured, for nobody has used it yet, and
 * when it was seeded by an older sandbox.
 */
async function openConfigured(directory: string): Promise<Store> {
  const store = openStore(directory);
  const life = store.table<number>(LIFE);
  if (life.get('starts') === undefined || life.get('configured') === SHAPE) return store;
  await store.close();
  rmSync(directory, { recursive: true, force: true });
  return openStore(directory);
}

async function chooseInvoker(options: WorldOptions, manifest: Manifest): Promise<Invoker> {
  if (options.functions === 'in-process') return inProcessInvoker(options.app ?? (() => import('../src/index')));
  return processInvoker({
    entry: options.entry ?? join(ROOT, 'src', 'index.ts'),
    buildDir: options.dataDir === undefined ? join(tmpdir(), 'proofgate-sandbox') : join(options.dataDir, 'build'),
    memoryMB: manifest.memoryMB,
    ...(options.onLog ? { onLog: options.onLog } : {}),
  });
}

/** People of the company without a licence are customers of the portal; nobody else has any access. */
function accountTypeOf(accountId: string): AccountType {
  const person = people.find((candidate) => candidate.accountId === accountId);
  if (!person) return 'unlicensed';
  return person.licensed ? 'licensed' : 'customer';
}

function answerOf(outcome: UiOutcome): InvokeAnswer {
  if (outcome.kind === 'ok') return { ok: true, result: outcome.value };
  // The text that the bridge puts before every failure of a function.
  return {
    ok: false,
    error: `There was an error invoking the function - ${outcome.message}`,
    outcome: outcome.kind,
  };
}

function restClient(site: JiraSite, actor: Actor): RestClient {
  const call = async (method: string, path: string, body?: unknown): Promise<RestAnswer> => {
    const answer = await site.handle({
      method,
      path,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      actor,
    });
    return { status: answer.status, body: answer.body, headers: answer.headers };
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    delete: (path, body) => call('DELETE', path, body),
  };
}

/** All pages of the app's own export, as one JSON-lines text. */
async function exportAudit(world: World): Promise<string> {
  const module = firstOf(world.manifest, 'jira:adminPage');
  if (module === undefined) throw new Error('the app has no admin page to export from');
  const lines: string[] = [];
  let cursor: string | undefined;
  do {
    const answer = await world.invoke({
      as: 'adele@acme.test',
      module,
      function: 'exportAudit',
      payload: cursor === undefined ? {} : { cursor },
    });
    if (!answer.ok) throw new Error(answer.error);
    const page = answer.result as { lines?: string[]; cursor?: string };
    if (!Array.isArray(page?.lines)) throw new Error('exportAudit answered no lines');
    lines.push(...page.lines);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return `${lines.join('\n')}\n`;
}

const firstOf = (manifest: Manifest, type: string): string | undefined => modulesOfType(manifest, type)[0]?.key;

function keysByType(manifest: Manifest): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { type, key } of manifest.modules.values()) (found[type] ??= []).push(key);
  return found;
}
