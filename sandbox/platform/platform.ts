/** Forge, as far as one app on one site needs it: joins storage, queues, triggers, egress and the functions. */
import type {
  Faults,
  JiraSite,
  ProductEvent,
  Rng,
  SearchAlias,
  SiteHooks,
  Store,
  TargetServer,
  WorkflowRuleModule,
} from '../contracts';
import { ASYNC_KIND, createAsyncEvents } from './async-events';
import { createDoor } from './door';
import { createEgressPolicy, type EgressPolicy } from './egress/egress-policy';
import { createEgressProxy } from './egress/egress-proxy';
import type { FaultBox } from './faults';
import type { Invoker, Outcome } from './invoke/invoker';
import { createInvocations, type Invoke, SYNC_LIMIT_MS, timeLimitOf } from './invoke/invocations';
import { createJiraGateway } from './jira-gateway';
import { createKvsApi } from './kvs/kvs-api';
import { createLedger, type Ledger } from './ledger';
import { type Manifest, modulesOfType } from './manifest';
import { createProductEvents, EVENT_KIND } from './product-events';
import { createSchedules, type Schedules, SCHEDULE_KIND } from './schedules';
import { createStargate } from './stargate';
import { createAgenda } from './time/agenda';
import type { SandboxClock } from './time/clock';
import { createDispatcher, type Dispatcher } from './time/dispatcher';
import { createUnmodelled, type Unmodelled } from './unmodelled';
import { createWebTriggers, type WebTriggers } from './web-triggers';

export type AccountType = 'licensed' | 'unlicensed' | 'customer';

export interface PlatformOptions {
  store: Store;
  clock: SandboxClock;
  rng: Rng;
  faults: FaultBox;
  manifest: Manifest;
  invoker: Invoker;
  baseUrl: () => string;
  accountType: (accountId: string) => AccountType;
  /** Shortens every time limit; for tests of time-outs. */
  longestInvocationMs?: number;
}

export interface Platform {
  hooks: SiteHooks;
  /** The site and the targets need the platform to exist first. */
  attach(site: JiraSite, targets: readonly TargetServer[]): void;
  invoke: Invoke;
  /** Runs the function behind any module or function key of the manifest. */
  invokeModule(key: string, payload: unknown, principal?: string): Promise<Outcome>;
  dispatcher: Dispatcher;
  schedules: Schedules;
  webTriggers: WebTriggers;
  egress: EgressPolicy;
  ledger: Ledger;
  unmodelled: Unmodelled;
  /** Waits until product events and queues are drained. */
  settle(): Promise<void>;
  currentFaults(): Faults;
}

export function createPlatform(options: PlatformOptions): Platform {
  const { store, clock, rng, faults, manifest, invoker, baseUrl } = options;
  const agenda = createAgenda(store);
  const ledger = createLedger(store);
  const unmodelled = createUnmodelled();
  const egressPolicy = createEgressPolicy(store, manifest);
  const dispatcher = createDispatcher(store, agenda, clock);
  let attached: { site: JiraSite; targets: readonly TargetServer[] } | undefined;
  const there = () => {
    if (!attached) throw new Error('the platform has no site yet');
    return attached;
  };

  // Functions call the platform and the platform starts functions: the knot is tied here.
  const invoke: Invoke = (start) => invocations(start);
  const asyncEvents = createAsyncEvents({ store, manifest, agenda, clock, rng, invoke });
  const productEvents = createProductEvents({ manifest, agenda, clock, faults, invoke });
  const schedules = createSchedules({ store, manifest, agenda, clock, faults, invoke });
  const webTriggers = createWebTriggers({ store, manifest, rng, invoke, baseUrl });
  const doorFor = createDoor({
    kvs: createKvsApi(store, clock, manifest, () => faults.staleness()),
    jira: createJiraGateway({
      site: () => there().site,
      manifest,
      faults,
      unmodelled,
      mayBeActedFor: (accountId) => options.accountType(accountId) !== 'unlicensed',
    }),
    stargate: createStargate({ asyncEvents, webTriggers: () => webTriggers, unmodelled }),
    egress: createEgressProxy({ policy: egressPolicy, faults, targets: () => there().targets }),
    manifest,
    faults,
    ledger,
    clock,
    unmodelled,
  });
  const invocations = createInvocations({
    manifest,
    invoker,
    clock,
    rng,
    doorFor,
    ...(options.longestInvocationMs === undefined ? {} : { longestMs: options.longestInvocationMs }),
  });

  dispatcher.handle(ASYNC_KIND, asyncEvents.handler);
  dispatcher.handle(EVENT_KIND, productEvents.handler);
  dispatcher.handle(SCHEDULE_KIND, schedules.handler);

  const invokeModule: Platform['invokeModule'] = async (key, payload, principal) => {
    const module = manifest.modules.get(key);
    const functionKey = module ? module.function : manifest.functions.has(key) ? key : undefined;
    if (functionKey === undefined)
      return { kind: 'error', name: 'Error', message: `The manifest has no function behind ${key}` };
    return invoke({
      moduleType: module?.type ?? 'function',
      moduleKey: key,
      functionKey,
      payload,
      timeLimitMs: module ? timeLimitOf(manifest, module) : SYNC_LIMIT_MS,
      ...(principal === undefined ? {} : { principal }),
    });
  };

  return {
    hooks: {
      workflowRule: (key) => workflowRule(manifest, key),
      runValidator: async (moduleKey, payload) => {
        const outcome = await invokeModule(moduleKey, payload);
        const answer =
          outcome.kind === 'ok' ? (outcome.value as { result?: unknown; errorMessage?: unknown } | null) : null;
        if (typeof answer?.result !== 'boolean') return { result: false };
        return typeof answer.errorMessage === 'string'
          ? { result: answer.result, errorMessage: answer.errorMessage }
          : { result: answer.result };
      },
      publish: (event: ProductEvent) => productEvents.publish(event),
      searchAliases: () => searchAliases(manifest),
    },
    attach: (site, targets) => {
      attached = { site, targets };
      schedules.plan();
    },
    invoke,
    invokeModule,
    dispatcher,
    schedules,
    webTriggers,
    egress: egressPolicy,
    ledger,
    unmodelled,
    settle: () => dispatcher.settle([ASYNC_KIND, EVENT_KIND]),
    currentFaults: () => faults.current(),
  };
}

function workflowRule(manifest: Manifest, key: string): WorkflowRuleModule | undefined {
  const module = manifest.modules.get(key);
  if (module?.type !== 'jira:workflowValidator' && module?.type !== 'jira:workflowCondition') return undefined;
  const { expression, errorMessage } = module.source;
  return {
    kind: module.type === 'jira:workflowValidator' ? 'validator' : 'condition',
    key,
    ...(typeof expression === 'string' ? { expression } : {}),
    ...(module.function === undefined ? {} : { function: module.function }),
    ...(typeof errorMessage === 'string' ? { errorMessage } : {}),
  };
}

/** The paths of issue properties that the manifest has indexed for JQL. */
function searchAliases(manifest: Manifest): SearchAlias[] {
  return modulesOfType(manifest, 'jira:entityProperty').flatMap(({ source }) => {
    const values = Array.isArray(source['values']) ? (source['values'] as Array<Omit<SearchAlias, 'propertyKey'>>) : [];
    return values.map((value) => ({ ...value, propertyKey: String(source['propertyKey']) }));
  });
}
