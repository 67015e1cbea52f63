import type { SiteAdministration } from '../../contracts';
import { people as company } from '../../seed/company';
import { storedIssue } from '../issues/find-issue';
import { allPeople } from '../people/people';
import type { IssueRecord, PersonRecord } from '../records';
import { refuse } from '../refusal';
import { row, type Site } from '../site-state';
import { moveIssue } from '../workflow/move-issue';
import { cloneIssue } from './clone-issue';
import { deleteProject } from './delete-project';
import { importIssue } from './import-issue';
import { redrawWorkflow } from './redraw-workflow';
import { reprojectIssue } from './reproject-issue';
import { retypeIssue } from './retype-issue';

/** What an administrator does outside of every rule of the workflow. The history names one. */
export function siteAdministration(site: Site): SiteAdministration {
  const asOne = <T>(work: () => T): T => site.store.transaction(work);
  return {
    move: (issueKey, statusName) => moveIssue(site, issueKey, statusName, administrator()),
    // Jira tells apps nothing of an archived issue: no event.
    archive: (issueKey) =>
      asOne(() => {
        const issue = issueNamed(site, issueKey);
        if (issue.archived !== undefined) throw refuse(400, `${issue.key} is archived already.`);
        site.tables.issues.put(row(issue.id), { ...issue, archived: site.clock.now() });
      }),
    restore: (issueKey) =>
      asOne(() => {
        const { archived, ...issue } = issueNamed(site, issueKey);
        if (archived === undefined) throw refuse(400, `${issue.key} is not archived.`);
        site.tables.issues.put(row(issue.id), issue);
      }),
    retype: (issueKey, wanted) => asOne(() => retypeIssue(site, liveIssue(site, issueKey), wanted, administrator())),
    reproject: (issueKey, project) =>
      asOne(() => named(reprojectIssue(site, liveIssue(site, issueKey), project, administrator()))),
    clone: (issueKey, { as }) => asOne(() => named(cloneIssue(site, liveIssue(site, issueKey), personNamed(site, as)))),
    import: (wanted) =>
      asOne(() => named(importIssue(site, wanted, (name) => personNamed(site, name).accountId, administrator()))),
    redrawWorkflow: (change) => asOne(() => redrawWorkflow(site, change).version),
    setActive: (name, active) =>
      asOne(() => {
        const person = personNamed(site, name);
        site.tables.people.put(person.accountId, { ...person, active });
      }),
    deleteProject: (project) => asOne(() => deleteProject(site, project)),
  };
}

const named = ({ id, key }: IssueRecord): { id: string; key: string } => ({ id, key });

function issueNamed(site: Site, issueKey: string): IssueRecord {
  const issue = storedIssue(site, issueKey);
  if (issue === undefined) throw refuse(404, `There is no issue ${issueKey}.`);
  return issue;
}

function liveIssue(site: Site, issueKey: string): IssueRecord {
  const issue = issueNamed(site, issueKey);
  if (issue.archived !== undefined) throw refuse(400, `${issue.key} is archived and cannot be changed.`);
  return issue;
}

/** Somebody by key (`rita`), e-mail or account id. */
function personNamed(site: Site, name: string): PersonRecord {
  const person = allPeople(site).find(({ key, email, accountId }) => [key, email, accountId].includes(name));
  if (person === undefined) throw refuse(404, `There is nobody called ${name}.`);
  return person;
}

function administrator(): string {
  const admin = company.find((person) => person.roles.includes('jira-admin'));
  if (admin === undefined) throw new Error('the company has no Jira administrator');
  return admin.accountId;
}
