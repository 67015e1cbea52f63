import type { Connector } from '../domain/connector';
import { keptSecret } from '../domain/connector-secret';
import type { GivenSecrets, Ports, ProbeStep } from './ports';

const budget = { timeMs: 15_000, bytes: 1024 * 1024, calls: 30 };

/**
 * Tries a connector live, saved or not, with the stored secrets or ones that are not saved yet. A stored secret goes only
 * where it would go if the connector were saved like this: a test is no way to send it anywhere else.
 */
export async function probeConnector(
  ports: Pick<Ports, 'targets' | 'configuration'>,
  asked: { readonly connector: Omit<Connector, 'secret' | 'writeSecret'>; readonly secrets: GivenSecrets },
): Promise<readonly ProbeStep[]> {
  const { connector } = asked;
  const stored = (await ports.configuration.get('connector', connector.id))?.value;
  const secret = stored && keptSecret(stored, connector, 'read');
  const writeSecret = stored && keptSecret(stored, connector, 'write');
  const tried = { ...connector, ...(secret ? { secret } : {}), ...(writeSecret ? { writeSecret } : {}) };
  return ports.targets.open(tried, budget, asked.secrets).probe();
}
