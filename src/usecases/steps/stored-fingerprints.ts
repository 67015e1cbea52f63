import type { SecretPurpose } from '../../domain/connector';
import type { Ports } from '../ports';

/** Where a secret is kept. */
export type SecretPlace =
  { readonly connector: string; readonly purpose: SecretPurpose } | { readonly leaverKey: string };

/** The fingerprints of every stored secret but the one at this place, which is about to be replaced. */
export async function storedFingerprints(
  ports: Pick<Ports, 'configuration'>,
  but: SecretPlace,
): Promise<readonly string[]> {
  const [connectors, keys] = await Promise.all([
    ports.configuration.list('connector'),
    ports.configuration.list('integration-key'),
  ]);
  const isBut = (id: string, purpose: SecretPurpose): boolean =>
    'connector' in but && but.connector === id && but.purpose === purpose;
  return [
    ...connectors.flatMap(({ value: { id, secret, writeSecret } }) => [
      ...(secret && !isBut(id, 'read') ? [secret.fingerprint] : []),
      ...(writeSecret && !isBut(id, 'write') ? [writeSecret.fingerprint] : []),
    ]),
    ...keys.flatMap(({ value: { id, secret } }) =>
      secret && !('leaverKey' in but && but.leaverKey === id) ? [secret.fingerprint] : [],
    ),
  ];
}
