import type { Connector } from '../domain/connector';
import type { Ports, ProbeStep } from './ports';

const budget = { timeMs: 15_000, bytes: 1024 * 1024, calls: 12 };

/** Tries a connector live, with the stored secret or one that is not saved yet. A wrong secret must be refused. */
export function probeConnector(
  ports: Pick<Ports, 'targets'>,
  asked: { readonly connector: Connector; readonly secret?: string },
): Promise<readonly ProbeStep[]> {
  return ports.targets.open(asked.connector, budget, asked.secret).probe();
}
