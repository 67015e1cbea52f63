import { secretRuleProblems } from '../domain/connector-secret';
import type { Anchor, SiteSettings } from '../domain/site-settings';
import type { Ports } from './ports';
import { saveDocument, type SaveResult } from './steps/save-document';

type Refused =
  | { readonly saved: 'refused'; readonly problems: readonly string[] }
  | { readonly saved: 'no-issue' }
  | { readonly saved: 'address-refused'; readonly why: string };

/**
 * Saves the settings of the site. An anchor is saved only when it can be one: the issue exists under this key, the
 * address is one the app would speak to.
 */
export async function saveSite(
  ports: Pick<Ports, 'configuration' | 'people' | 'clock' | 'issues' | 'targets'>,
  asked: { readonly site: SiteSettings; readonly expectedRev: number; readonly accountId: string },
): Promise<SaveResult<'site'> | Refused> {
  const problems = secretRuleProblems(asked.site);
  if (problems.length > 0) return { saved: 'refused', problems };
  const { anchor, ...rest } = asked.site;
  const checked = anchor && (await check(ports, anchor));
  if (checked && 'saved' in checked) return checked;
  return saveDocument(ports, {
    kind: 'site',
    id: 'current',
    value: { ...rest, ...(checked ? { anchor: checked } : {}) },
    expectedRev: asked.expectedRev,
    accountId: asked.accountId,
  });
}

async function check(ports: Pick<Ports, 'issues' | 'targets'>, anchor: Anchor): Promise<Anchor | Refused> {
  if (anchor.kind === 'address') {
    const address = ports.targets.address(anchor.url);
    return address.ok ? { kind: 'address', url: address.url } : { saved: 'address-refused', why: address.why };
  }
  const issue = await ports.issues.read(anchor.issueKey);
  // A moved issue answers under its old key too; what is kept is the key that people see.
  return issue ? { kind: 'issue', issueKey: issue.key } : { saved: 'no-issue' };
}
