import { fingerprintOf, isAmong } from '../domain/fingerprint';
import type { LeaverKey } from '../domain/leaver/leaver-key';
import type { Ports } from './ports';
import { saveDocument, type SaveResult } from './steps/save-document';
import { storedFingerprints } from './steps/stored-fingerprints';

/**
 * Saves a key for lists of leavers; without a secret the key is removed. Two keys may stand at once, so that a sender can
 * change from one to the other. The document is written first: a secret that does not fit it signs nothing, so whatever
 * breaks in between leaves the key closed, never open. A key that was removed is new again: `expectedRev` 0.
 */
export async function saveLeaverKey(
  ports: Pick<Ports, 'configuration' | 'people' | 'clock' | 'leavers'>,
  asked: {
    readonly keyId: string;
    readonly secret?: string;
    readonly expectedRev: number;
    readonly accountId: string;
  },
): Promise<SaveResult<'integration-key'> | { readonly saved: 'refused'; readonly problems: readonly string[] }> {
  const { keyId, secret, accountId } = asked;
  const before = await ports.configuration.get('integration-key', keyId);
  const expectedRev = asked.expectedRev === 0 && before && !before.value.secret ? before.rev : asked.expectedRev;
  const fingerprint = secret === undefined ? undefined : fingerprintOf(secret);
  if (fingerprint !== undefined) {
    if (isAmong(fingerprint, await storedFingerprints(ports, { leaverKey: keyId })))
      return {
        saved: 'refused',
        problems: ['Another key has this secret already, or a connector has. Make a new one for each key.'],
      };
  }
  const value: LeaverKey = {
    id: keyId,
    ...(fingerprint === undefined ? {} : { secret: { fingerprint, setAt: ports.clock.now() } }),
  };
  const result = await saveDocument(ports, { kind: 'integration-key', id: keyId, value, expectedRev, accountId });
  if (!result.saved) return result;
  if (secret === undefined) await ports.leavers.clearSecret(keyId);
  else await ports.leavers.setSecret(keyId, secret);
  return result;
}
