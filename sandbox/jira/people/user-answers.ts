import type { PersonRecord } from '../records';
import type { Site } from '../site-state';
import { emailFor, personById } from './people';

function avatars(site: Site, person: PersonRecord): Record<string, string> {
  const url = `${site.baseUrl()}/sandbox/avatar/${person.key}`;
  return { '48x48': `${url}?s=48`, '24x24': `${url}?s=24`, '16x16': `${url}?s=16`, '32x32': `${url}?s=32` };
}

const userUrl = (site: Site, person: PersonRecord): string =>
  `${site.baseUrl()}/rest/api/3/user?accountId=${encodeURIComponent(person.accountId)}`;

/** A user as the platform API shows it to `reader`. */
export function userAnswer(site: Site, accountId: string, reader: string): Record<string, unknown> | null {
  const person = personById(site, accountId);
  if (person === undefined) return null;
  const email = emailFor(person, reader);
  return {
    self: userUrl(site, person),
    accountId: person.accountId,
    ...(email === undefined ? {} : { emailAddress: email }),
    avatarUrls: avatars(site, person),
    displayName: person.displayName,
    active: person.active,
    timeZone: person.timeZone,
    accountType: person.accountType,
  };
}

/** A user as servicedeskapi (and the approvals field) shows it to `reader`. */
export function deskUserAnswer(site: Site, accountId: string, reader: string): Record<string, unknown> {
  const person = personById(site, accountId);
  if (person === undefined) return { accountId, displayName: 'Former user', active: false };
  const email = emailFor(person, reader);
  const url = userUrl(site, person);
  return {
    accountId: person.accountId,
    ...(email === undefined ? {} : { emailAddress: email }),
    displayName: person.displayName,
    active: person.active,
    timeZone: person.timeZone,
    _links: { jiraRest: url, avatarUrls: avatars(site, person), self: url },
  };
}
