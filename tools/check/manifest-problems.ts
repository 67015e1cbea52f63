import { parse } from 'yaml';

/** What the code says that a manifest must agree with. */
export interface ManifestFacts {
  /** The exports of each handler file, by its name in a handler: `index`. */
  exports: Readonly<Record<string, readonly string[]>>;
  /** The packages that the deployed code reaches. */
  packages: readonly string[];
  /** Product and lifecycle events that Forge knows. */
  events: readonly string[];
  /** Directories that exist and from which a resource can be built. */
  directories: readonly string[];
  /** The scopes that the code's own calls need. Without it, scopes are compared with the packages only. */
  neededScopes?: readonly string[];
}

type Module = Record<string, unknown> & { key?: string };
interface Manifest {
  app?: {
    runtime?: { name?: string; memoryMB?: number };
    storage?: { entities?: unknown[] };
  };
  permissions?: { scopes?: string[] | Record<string, unknown> };
  modules?: Record<string, Module[]>;
  resources?: Array<{ key?: string; path?: string }>;
}

const RUNTIME = 'nodejs24.x';
const MAX_MEMORY_MB = 1024;
const MAX_ENTITIES = 12;
const MAX_SCHEDULED = 5;
const MAX_FUNCTION_KEY = 23;

/** Module types that name a function directly. Anywhere else that is UI Kit 1, which Atlassian removed. */
const BACKEND = new Set([
  'trigger',
  'scheduledTrigger',
  'consumer',
  'webtrigger',
  'apiRoute',
  'preUninstall',
  'action',
  'migration',
  'jira:workflowValidator',
  'jira:workflowPostFunction',
  'jira:jqlFunction',
]);
const LONG_RUNNING = new Set(['consumer', 'scheduledTrigger']);

const OPEN = ['customer', 'unlicensed'];
const OPEN_TO_ALL = [...OPEN, 'anonymous'];
/** developer.atlassian.com: access to Forge apps for unlicensed users. */
const UNLICENSED_ACCESS: Record<string, readonly string[]> = {
  'jira:issuePanel': OPEN_TO_ALL,
  'jira:customField': OPEN_TO_ALL,
  'jira:customFieldType': OPEN_TO_ALL,
  'jiraServiceManagement:portalRequestDetail': OPEN,
  'jiraServiceManagement:portalRequestDetailPanel': OPEN,
  'jiraServiceManagement:portalRequestViewAction': OPEN,
  'jiraServiceManagement:portalUserMenuAction': OPEN,
  'jiraServiceManagement:portalProfilePanel': OPEN,
  'jiraServiceManagement:portalHeader': OPEN_TO_ALL,
  'jiraServiceManagement:portalSubheader': OPEN_TO_ALL,
  'jiraServiceManagement:portalFooter': OPEN_TO_ALL,
  'jiraServiceManagement:portalRequestCreatePropertyPanel': OPEN_TO_ALL,
};

/** Everything that would break a deployment or a rule of the house and that Atlassian's own validator lets pass. */
export function manifestProblems(manifestText: string, facts: ManifestFacts): string[] {
  let manifest: Manifest | null;
  try {
    manifest = parse(manifestText) as Manifest | null;
  } catch (error) {
    return [`the manifest is no YAML: ${String(error)}`];
  }
  if (typeof manifest !== 'object' || manifest === null) return ['the manifest is empty'];
  return [
    ...appProblems(manifest),
    ...sandboxNames(manifestText),
    ...functionProblems(manifest, facts),
    ...scopeProblems(manifest, facts),
    ...triggerProblems(manifest, facts),
    ...surfaceProblems(manifest, facts),
  ];
}

function appProblems({ app = {} }: Manifest): string[] {
  const { runtime = {}, storage = {} } = app;
  const entities = storage.entities?.length ?? 0;
  return [
    ...(runtime.name === RUNTIME ? [] : [`runtime is ${String(runtime.name)}, not ${RUNTIME}`]),
    ...((runtime.memoryMB ?? 0) > MAX_MEMORY_MB
      ? [`memoryMB is ${runtime.memoryMB}, Forge gives at most ${MAX_MEMORY_MB}`]
      : []),
    ...(entities > MAX_ENTITIES ? [`${entities} entities are declared, Decision 1 allows ${MAX_ENTITIES}`] : []),
  ];
}

/** The sandbox's host names never ship. */
function sandboxNames(text: string): string[] {
  const found = text.match(/[\w.-]*\bacme\.test\b|\blocalhost\b|\b127\.0\.0\.1\b/g) ?? [];
  return [...new Set(found)].map((name) => `the sandbox's host name ${name} stands in the manifest`);
}

interface Use {
  type: string;
  module: string;
}

function functionProblems(manifest: Manifest, facts: ManifestFacts): string[] {
  const uses = functionUses(manifest);
  return (manifest.modules?.['function'] ?? []).flatMap(({ key = '', handler, timeoutSeconds }) => {
    const [file, name = ''] = splitHandler(String(handler));
    const used = uses.get(key) ?? [];
    const short = used.filter(({ type }) => !LONG_RUNNING.has(type)).map(({ module }) => module);
    return [
      ...(facts.exports[file]?.includes(name) ? [] : [`function ${key}: src/${file} has no export ${name}`]),
      ...(key.length > MAX_FUNCTION_KEY
        ? [`function ${key}: the key has more than ${MAX_FUNCTION_KEY} characters`]
        : []),
      ...(used.length === 0 ? [`function ${key}: no module uses it`] : []),
      ...(timeoutSeconds !== undefined && short.length > 0
        ? [
            `function ${key}: timeoutSeconds is for consumers and scheduled triggers only, but ${short.join(', ')} uses it`,
          ]
        : []),
    ];
  });
}

/** `handlers/gate.check` is the export `check` of src/handlers/gate. */
function splitHandler(handler: string): [file: string, name: string | undefined] {
  const dot = handler.lastIndexOf('.');
  return dot < 0 ? [handler, undefined] : [handler.slice(0, dot), handler.slice(dot + 1)];
}

/** Every place that names a function, however deep: a resolver, a value, the module itself. */
function functionUses({ modules = {} }: Manifest): Map<string, Use[]> {
  const uses = new Map<string, Use[]>();
  const collect = (value: unknown, use: Use): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'function' && typeof inner === 'string') uses.set(inner, [...(uses.get(inner) ?? []), use]);
      else collect(inner, use);
    }
  };
  for (const [type, list] of Object.entries(modules)) {
    if (type === 'function') continue;
    for (const module of list) collect(module, { type, module: `${type} ${module.key ?? ''}` });
  }
  return uses;
}

function scopeProblems({ permissions }: Manifest, { packages, neededScopes }: ManifestFacts): string[] {
  const declared = permissions?.scopes ?? [];
  const scopes = Array.isArray(declared) ? declared : Object.keys(declared);
  const stores = packages.includes('@forge/kvs');
  return [
    ...(stores && !scopes.includes('storage:app')
      ? ['the code uses @forge/kvs, but the scope storage:app is missing']
      : []),
    ...(!stores && scopes.includes('storage:app')
      ? ['the scope storage:app is declared, but no code uses @forge/kvs']
      : []),
    ...(neededScopes ?? [])
      .filter((scope) => !scopes.includes(scope))
      .map((scope) => `the code needs the scope ${scope}`),
    ...(neededScopes ? scopes : [])
      .filter((scope) => scope !== 'storage:app' && !neededScopes?.includes(scope))
      .map((scope) => `the scope ${scope} is declared, but no code needs it`),
  ];
}

function triggerProblems({ modules = {} }: Manifest, { events }: ManifestFacts): string[] {
  const scheduled = modules['scheduledTrigger'] ?? [];
  const frequent = scheduled.filter(({ interval }) => interval === 'fiveMinute');
  const named = (modules['trigger'] ?? []).flatMap(({ key, events: list }) =>
    (Array.isArray(list) ? (list as unknown[]) : []).map((event) => ({ key, event: eventName(event) })),
  );
  return [
    ...(scheduled.length > MAX_SCHEDULED
      ? [`${scheduled.length} scheduled triggers, Forge allows ${MAX_SCHEDULED}`]
      : []),
    ...(frequent.length > 1 ? [`${frequent.length} triggers run every five minutes, Forge allows one`] : []),
    ...named
      .filter(({ event }) => !events.includes(event))
      .map(({ key, event }) => `trigger ${key ?? ''}: Forge knows no event ${event}`),
  ];
}

function eventName(event: unknown): string {
  if (typeof event === 'string') return event;
  return String((event as { eventType?: unknown } | null)?.eventType);
}

function surfaceProblems({ modules = {}, resources = [] }: Manifest, { directories }: ManifestFacts): string[] {
  const surfaces = Object.entries(modules).flatMap(([type, list]) => list.map((module) => ({ type, module })));
  return [
    ...surfaces.flatMap(({ type, module }) => [
      ...(typeof module['function'] === 'string' && !BACKEND.has(type)
        ? [`${type} ${module.key ?? ''}: names a function instead of a resource, which is UI Kit 1`]
        : []),
      ...unlicensedProblems(type, module),
    ]),
    ...resources
      .filter(({ path = '' }) => !directories.includes(path.split('/').slice(0, -1).join('/')))
      .map(({ key, path }) => `resource ${key ?? ''}: nothing can build ${path ?? ''}`),
  ];
}

function unlicensedProblems(type: string, { key = '', unlicensedAccess }: Module): string[] {
  if (unlicensedAccess === undefined) return [];
  const allowed = UNLICENSED_ACCESS[type] ?? [];
  const given = Array.isArray(unlicensedAccess) ? (unlicensedAccess as unknown[]) : [unlicensedAccess];
  return given
    .filter((value) => !allowed.includes(String(value)))
    .map((value) => `${type} ${key}: unlicensedAccess ${String(value)} is not possible here`);
}
