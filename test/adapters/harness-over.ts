import type { Transport } from '../../src/adapters/targets/http/transport';
import { createTargets } from '../../src/adapters/targets/targets';
import type { Connector, SecretPurpose } from '../../src/domain/connector';
import type { Budget, Target } from '../../src/usecases/ports';
import { Front, type FrontOptions } from './front';
import { heard } from './heard';
import type { TargetHarness, TargetLie } from './target-contract';

export const now = (): string => '2026-11-23T09:00:00.000Z';

/** A target of a kind on loopback, and how its administrator sees it. */
export interface Backend {
  /** Loopback origin of the server. */
  readonly origin: string;
  readonly connector: Pick<Connector, 'kind' | 'baseUrl' | 'origin' | 'auth' | 'writeAuth' | 'settings'>;
  readonly secrets: Readonly<Record<SecretPurpose, string>>;
  readonly administrator: TargetHarness['administrator'];
  readonly costs: TargetHarness['costs'];
  readonly lies: Readonly<Partial<Record<TargetLie, Front['lie']>>>;
  /** Where no fault lies. */
  readonly road?: FrontOptions;
  readonly now?: () => string;
  /** Stands in the way of every call, to listen. */
  readonly through?: (transport: Transport) => Transport;
  close(): Promise<void>;
}

export interface HarnessOver extends TargetHarness {
  readonly front: Front;
  /** The same with other secrets than the backend's. */
  open(options?: Parameters<TargetHarness['open']>[0] & { secrets?: Partial<Backend['secrets']> }): Target;
}

/** A harness over a server on loopback, behind a road that can be cut. */
export async function harnessOver(backend: Backend): Promise<HarnessOver> {
  const front = await Front.before(new URL(backend.connector.origin).host, backend.origin, backend.road);
  const facts = { setAt: now(), origin: backend.connector.origin };
  const connector: Connector = {
    id: 'c1',
    name: 'Target',
    directory: false,
    write: false,
    ...backend.connector,
    secret: { fingerprint: 'f', ...facts },
    writeSecret: { fingerprint: 'w', ...facts },
  };
  const targetsWith = (secrets: Partial<Backend['secrets']>) =>
    createTargets({
      now: backend.now ?? now,
      nextId: () => 'id-1',
      secretOf: (_connector, purpose) => Promise.resolve(secrets[purpose]),
      transport: backend.through?.(front.transport) ?? front.transport,
    });
  const budget: Budget = { timeMs: 5_000, bytes: 512 * 1024, calls: 30 };
  let said = '';
  return {
    front,
    open: (options = {}) =>
      heard(
        targetsWith({ ...backend.secrets, ...options.secrets }).open(
          { ...connector, ...options.connector },
          { ...budget, ...options.budget },
        ),
        (text) => {
          said += `${text}\n`;
        },
      ),
    administrator: backend.administrator,
    fault: (fault) => (front.fault = fault),
    lie: (lie) => (front.lie = backend.lies[lie] ?? {}),
    restore: () => front.reset(),
    calls: () => front.asked,
    costs: backend.costs,
    said: () => said,
    secrets: Object.values(backend.secrets).flatMap((secret) => [secret, Buffer.from(secret).toString('base64')]),
    close: async () => {
      await front.close();
      await backend.close();
    },
  };
}
