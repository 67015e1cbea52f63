import { linkTypes } from '../access-desk';
import type { ChangeItem, IssueRecord } from '../records';
import type { Site } from '../site-state';
import { changeIssue } from './change-issue';

/** Both issues remember a link. The inward issue is the subject: "inward blocks outward". */
export function recordLink(
  site: Site,
  link: { typeId: string; inward: IssueRecord; outward: IssueRecord },
  what: 'added' | 'removed',
  actor: string,
): void {
  const { inward, outward } = link;
  const type = linkTypes.find((known) => known.id === link.typeId);
  const item = (phrase: string | undefined, other: IssueRecord): ChangeItem => {
    const text = `This issue ${phrase ?? 'relates to'} ${other.key}`;
    return what === 'added'
      ? { field: 'Link', fieldtype: 'jira', from: null, fromString: null, to: other.key, toString: text }
      : { field: 'Link', fieldtype: 'jira', from: other.key, fromString: text, to: null, toString: null };
  };
  changeIssue(site, inward, { items: [item(type?.outward, outward)] }, actor);
  changeIssue(site, outward, { items: [item(type?.inward, inward)] }, actor);
}
