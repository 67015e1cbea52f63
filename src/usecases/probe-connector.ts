import type { Connector } from '../domain/connector';
import type { GivenSecrets, Ports, ProbeStep } from './ports';

const budget = { timeMs: 15_000, bytes: 1024 * 1024, calls: 30 };

/** Tries a connector live, with the stored secrets or ones that are not saved yet. A wrong secret must be refused. */
export function probeConnector(
  ports: Pick<Ports, 'targets'>,
  asked: { readonly connector: Connector; readonly secrets: GivenSecrets },
): Promise<readonly ProbeStep[]> {
  return ports.targets.open(asked.connector, budget, asked.secrets).probe();
}
