import { createAuditRepository } from '../../src/adapters/storage/audit-repository';
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
    targets: simulatedTargets(invocation, (connector) => secrets.read(connector.id, connector.origin)),
    jobs: {
      deliver: (issueId, rev) =>
        invocation.call(
          'queue',
          `push ${issueId}.${rev}`,
          () => world.push(installation, issueId, rev),
          () => undefined,
        ),
    },
    clock,
    ids,
    heartbeat: createHeartbeat(),
    log,
  };
}
