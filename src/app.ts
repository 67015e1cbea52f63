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
import { createHeartbeat } from './adapters/storage/heartbeat';
import { createLeaverRepository } from './adapters/storage/leaver-repository';
import { createOutboxRepository } from './adapters/storage/outbox-repository';
import { createPeopleRepository } from './adapters/storage/people-repository';
import { createRequestRepository } from './adapters/storage/request-repository';
import { createSecretStore } from './adapters/storage/secret-store';
import { createOutbound } from './adapters/targets/http/outbound';
import { createTargets } from './adapters/targets/targets';
import { secretRule } from './domain/connector-secret';
import type { Backend } from './entry/resolvers/resolver';
import type { Ports } from './usecases/ports';

/**
 * Joins the use cases to their adapters, anew for every invocation: a process serves many customers, so nothing that
 * belongs to one of them may outlive an invocation (developer.atlassian.com/platform/forge/function-reference/nodejs-runtime).
 */
export function openPorts(): Ports {
  const secrets = createSecretStore();
  const configuration = createConfigurationRepository();
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
    }),
    jobs: createJobs(consoleLog),
    clock: systemClock,
    ids: randomIds,
    heartbeat: createHeartbeat(),
    breakers: createBreakerRepository(),
    cases: createCaseRepository(),
    leavers: createLeaverRepository(),
    webAddresses: createWebAddresses(),
    glance: createGlance(),
    log: consoleLog,
  };
}

/** The same with the rights of the person in session. */
export function openBackend(): Backend {
  return { ports: openPorts(), permissions: createPermissions() };
}
