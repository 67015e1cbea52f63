import { linkTypes } from '../access-desk';
import { createIssue } from '../issues/create-issue';
import { addLink } from '../issues/links';
import { propertyKeys, propertyValue } from '../issues/properties';
import { recordLink } from '../issues/record-link';
import { mayDo } from '../people/permissions';
import type { IssueRecord, PersonRecord } from '../records';
import { refuse } from '../refusal';
import type { Site } from '../site-state';

const longestSummary = 255;

/**
 * Jira's Clone: a new issue with the same type and fields, linked with the original. Whether Jira copies what apps keep in
 * issue properties is not documented; here it does, which is harder on an app that trusts them.
 */
export function cloneIssue(site: Site, original: IssueRecord, actor: PersonRecord): IssueRecord {
  for (const permission of ['BROWSE_PROJECTS', 'CREATE_ISSUES']) {
    if (!mayDo(site, actor.accountId, original.projectId, permission)) {
      throw refuse(403, `${actor.displayName} may not clone ${original.key}.`);
    }
  }
  const summary = `CLONE - ${String(original.values['summary'])}`.slice(0, longestSummary);
  const clone = createIssue(
    site,
    {
      projectId: original.projectId,
      issueTypeId: original.issueTypeId,
      values: { ...original.values, summary },
      properties: propertyKeys(site, original.id).map((key) => ({ key, value: propertyValue(site, original.id, key) })),
    },
    actor.accountId,
  );
  const cloners = linkTypes.find(({ name }) => name === 'Cloners');
  if (cloners === undefined) throw new Error('the site has no link type for clones');
  addLink(site, cloners.id, clone, original);
  recordLink(site, { typeId: cloners.id, inward: clone, outward: original }, 'added', actor.accountId);
  return clone;
}
