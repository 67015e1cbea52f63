import { useState } from 'react';
import type { ProbeStepView } from '../../../../../src/contract/settings-view';
import { adminCalls } from '../../../bridge';
import { useCommand, type Command } from '../../../parts/use-command';
import type { ConnectorInput } from './connector-draft';

export interface Probe {
  readonly command: Command;
  readonly steps: readonly ProbeStepView[] | undefined;
  readonly run: (connector: ConnectorInput, secrets?: { secret?: string; writeSecret?: string }) => Promise<void>;
}

/** Tries a connector live, saved or not. */
export function useProbe(): Probe {
  const command = useCommand();
  const [steps, setSteps] = useState<readonly ProbeStepView[]>();
  const run = async (connector: ConnectorInput, secrets: { secret?: string; writeSecret?: string } = {}) => {
    setSteps(undefined);
    await command.run('probe', async () => {
      const answer = await adminCalls.probeConnector({ connector, ...secrets });
      setSteps(answer.steps);
      return undefined;
    });
  };
  return { command, steps, run };
}
