import { rotaProblems, type Rota } from '../domain/approval/rota';
import type { Ports } from './ports';
import { saveDocument, type SaveResult } from './steps/save-document';

/** Saves who is on call when. */
export async function saveRota(
  ports: Pick<Ports, 'configuration' | 'people' | 'clock'>,
  asked: { readonly rota: Rota; readonly expectedRev: number; readonly accountId: string },
): Promise<SaveResult<'rota'> | { readonly saved: 'refused'; readonly problems: readonly string[] }> {
  const problems = rotaProblems(asked.rota);
  if (problems.length > 0) return { saved: 'refused', problems };
  const { rota, expectedRev, accountId } = asked;
  return saveDocument(ports, { kind: 'rota', id: rota.id, value: rota, expectedRev, accountId });
}
