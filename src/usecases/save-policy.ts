import type { Policy } from '../domain/policy/policy';
import { compilePolicy } from '../domain/policy/evaluate';
import type { Ports } from './ports';
import { saveDocument, type SaveResult } from './steps/save-document';

/** Saves the policy as a new version. Requests that are under way keep the version they were submitted under. */
export async function savePolicy(
  ports: Pick<Ports, 'configuration' | 'people' | 'clock'>,
  asked: { readonly policy: Omit<Policy, 'version'>; readonly expectedRev: number; readonly accountId: string },
): Promise<SaveResult<'policy'>> {
  const value: Policy = { ...asked.policy, version: asked.expectedRev + 1 };
  // A policy that cannot be compiled would make every later decision fail: it is refused here, by its thrown reason.
  compilePolicy(value);
  return saveDocument(ports, {
    kind: 'policy',
    id: 'current',
    value,
    expectedRev: asked.expectedRev,
    accountId: asked.accountId,
  });
}
