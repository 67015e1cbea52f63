import { createIssues } from './adapters/jira/issues';
import { createPermissions } from './adapters/jira/permissions';
import { systemClock } from './adapters/platform/clock';
import { randomIds } from './adapters/platform/ids';
import { createJobs } from './adapters/platform/jobs';
import { consoleLog } from './adapters/platform/log';
import { createWebAddresses } from './adapters/platform/web-address';
import { createAuditRepository } from './adapters/storage/audit-repository';
import { createBreakerRepository } from './adapters/storage/breaker-repository';
import { createCaseRepository } from './adapters/storage/case-repository';
import { createConfigurationRepository } from './adapters/storage/configuration-repository';
import { createGlance } from './adapters/storage/glance';
import { createDigestRepository } from './adapters/storage/digest-repository';
import { createFeedRepository } from './adapters/storage/feed-repository';
import { createHeartbeat } from './adapters/storage/heartbeat';
import { createLeaverRepository } from './adapters/storage/leaver-repository';
import { createOutboxRepository } from './adapters/storage/outbox-repository';
import { createPeopleRepository } from './adapters/storage/people-repository';
import { createRelayRepository } from './adapters/storage/relay-repository';
import { createRequestRepository } from './adapters/storage/request-repository';
import { createSecretStore } from './adapters/storage/secret-store';
import { createOutbound } from './adapters/targets/http/outbound';
import type { Waiting } from './adapters/targets/relay/relay-target';
import { createTargets } from './adapters/targets/targets';
import { secretRule } from './domain/connector-secret';
import { createEffects } from './entry/effects';
import { createIssueEvents } from './entry/issue-events';
import { adminFunctions } from './entry/resolvers/admin';
import { panelFunctions } from './entry/resolvers/panel';
import { portalFunctions } from './entry/resolvers/portal';
import { createResolver, type Backend } from './entry/resolvers/resolver';
import { createSweep } from './entry/sweep';
import { createFeed } from './entry/web/feed';
import { createLeavers } from './entry/web/leavers';
import { createRelay } from './entry/web/relay';
import { createGate } from './entry/workflow/gate';
import type { Ports } from './usecases/ports';

/**
 * Joins the use cases to their adapters, anew for every invocation: a process serves many customers, so nothing that
 * belongs to one of them may outlive an invocation (developer.atlassian.com/platform/forge/function-reference/nodejs-runtime).
 */
function openPorts(waiting: Waiting): Ports {
  const secrets = createSecretStore();
  const configuration = createConfigurationRepository();
  const feeds = createFeedRepository(secrets);
  const relays = createRelayRepository(secrets);
  return {
    requests: createRequestRepository(),
    outbox: createOutboxRepository(),
    configuration,
    people: createPeopleRepository(
      () => `p-${randomIds.next()}`,
      () => systemClock.now(),
    ),
    secrets,
    auditLog: createAuditRepository(),
    digests: createDigestRepository(),
    outbound: createOutbound(),
    issues: createIssues(),
    targets: createTargets({
      now: () => systemClock.now(),
      nextId: () => randomIds.next(),
      secretOf: (connector, purpose, facts) => secrets.read(connector.id, purpose, facts),
      secretRule: async () => secretRule((await configuration.get('site', 'current'))?.value),
      feeds,
      relays: { desk: relays, waiting },
    }),
    jobs: createJobs(consoleLog),
    clock: systemClock,
    ids: randomIds,
    heartbeat: createHeartbeat(),
    breakers: createBreakerRepository(),
    cases: createCaseRepository(),
    leavers: createLeaverRepository(),
    feeds,
    relays,
    webAddresses: createWebAddresses(),
    glance: createGlance(),
    log: consoleLog,
  };
}

/** The functions of manifest.yml. `waiting` is how an invocation lets real time pass and measures it. */
export function createFunctions(waiting: Waiting) {
  const open = (): Ports => openPorts(waiting);
  // The same with the rights of the person in session.
  const backend = (): Backend => ({ ports: open(), permissions: createPermissions() });
  const { startStopwatch } = waiting;
  return {
    panel: createResolver(panelFunctions, backend),
    admin: createResolver(adminFunctions, backend),
    portal: createResolver(portalFunctions, backend),
    approvalGate: createGate('approval', open),
    verificationGate: createGate('verification', open),
    cancelGate: createGate('cancel', open),
    issueEvents: createIssueEvents(open),
    sweep: createSweep(open, startStopwatch),
    leavers: createLeavers(open),
    feed: createFeed(open),
    relay: createRelay(open, waiting),
    effects: createEffects(open, startStopwatch),
  };
}
