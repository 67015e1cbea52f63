import { ladderProblems, type Ladder } from '../domain/escalation/ladder';
import type { Ports } from './ports';
import { saveDocument, type SaveResult } from './steps/save-document';

/** Saves an escalation ladder. Requests that are under way keep the steps they were submitted under. */
export async function saveLadder(
  ports: Pick<Ports, 'configuration' | 'people' | 'clock'>,
  asked: { readonly ladder: Ladder; readonly expectedRev: number; readonly accountId: string },
): Promise<SaveResult<'ladder'> | { readonly saved: 'refused'; readonly problems: readonly string[] }> {
  const problems = ladderProblems(asked.ladder);
  if (problems.length > 0) return { saved: 'refused', problems };
  const { ladder, expectedRev, accountId } = asked;
  return saveDocument(ports, { kind: 'ladder', id: ladder.id, value: ladder, expectedRev, accountId });
}
