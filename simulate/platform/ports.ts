import { createAuditRepository } from '../../src/adapters/storage/audit-repository';
import { createBreakerRepository } from '../../src/adapters/storage/breaker-repository';
import { createCaseRepository } from '../../src/adapters/storage/case-repository';
import { createDigestRepository } from '../../src/adapters/storage/digest-repository';
import { createGlance } from '../../src/adapters/storage/glance';
import { createLeaverRepository } from '../../src/adapters/storage/leaver-repository';
import { createConfigurationRepository } from '../../src/adapters/storage/configuration-repository';
import { createHeartbeat } from '../../src/adapters/storage/heartbeat';
import { createOutboxRepository } from '../../src/adapters/storage/outbox-repository';
import { createPeopleRepository } from '../../src/adapters/storage/people-repository';
import { createRequestRepository } from '../../src/adapters/storage/request-repository';
import { createSecretStore } from '../../src/adapters/storage/secret-store';
import { canonicalJson, type Json } from '../../src/domain/canonical';
import type { Ports } from '../../src/usecases/ports';
import { simulatedIssues } from '../desk/issues-port';
import { simulatedTargets } from '../target/targets-port';
import type { Invocation } from './invocation';

/** Joins the use cases as src/app.ts does: the real storage adapters, everything else simulated. Anew for every invocation. */
export function openPorts(invocation: Invocation): Ports {
  const { world, installation } = invocation;
  const clock = { now: () => world.appNow() };
  const ids = { next: () => world.nextId() };
  const secrets = createSecretStore();
  const log = {
    note: (event: string, detail: { readonly [key: string]: Json } = {}) => {
      installation.outputs.push(canonicalJson({ event, ...detail }));
    },
  };
  return {
    requests: createRequestRepository(),
    outbox: createOutboxRepository(),
    configuration: createConfigurationRepository(),
    people: createPeopleRepository(
      () => `p-${ids.next()}`,
      () => clock.now(),
    ),
    secrets,
    auditLog: createAuditRepository(),
    issues: simulatedIssues(invocation),
    targets: simulatedTargets(invocation, async ({ id, secret }) => secret && secrets.read(id, 'read', secret)),
    jobs: {
      deliver: (issueId, rev) =>
        invocation.call(
          'queue',
          `push ${issueId}.${rev}`,
          () => world.push(installation, issueId, rev),
          () => undefined,
        ),
      sweep: () =>
        invocation.call(
          'queue',
          'push sweep',
          () => world.pushSweep(installation),
          () => undefined,
        ),
    },
    clock,
    ids,
    heartbeat: createHeartbeat(),
    breakers: createBreakerRepository(),
    cases: createCaseRepository(),
    glance: createGlance(),
    digests: createDigestRepository(),
    leavers: createLeaverRepository(),
    webAddresses: { leavers: () => Promise.resolve('https://app.acme.test/x1/leavers') },
    // Nothing is anchored at an address here.
    outbound: { post: () => Promise.resolve({ failed: 'unreachable' }) },
    log,
  };
}
