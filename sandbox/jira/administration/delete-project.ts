import { eraseIssue } from '../issues/delete-issue';
import { findProject } from '../projects';
import { refuse } from '../refusal';
import { childPrefix, row, type Site } from '../site-state';

/** The project with its roles and issues is gone, and no issue says goodbye: there is no event per issue. */
export function deleteProject(site: Site, wanted: string): void {
  const project = findProject(site, wanted);
  if (project === undefined) throw refuse(404, `There is no project ${wanted}.`);
  for (const [, issue] of site.tables.issues.entries()) {
    if (issue.projectId === project.id) eraseIssue(site, issue);
  }
  for (const [key] of site.tables.roles.entries({ prefix: childPrefix(project.id) })) site.tables.roles.remove(key);
  site.tables.projects.remove(row(project.id));
}
