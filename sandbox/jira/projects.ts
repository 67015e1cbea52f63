import { accessDesk } from './access-desk';
import { governance } from './governance-project';
import type { ProjectRecord } from './records';
import { row, type Site } from './site-state';

/** The projects of the site. A deleted project is gone from the table, and with it everything that names it. */

export const seededProjects: readonly ProjectRecord[] = [accessDesk, governance];

export function allProjects(site: Site): ProjectRecord[] {
  return site.tables.projects.entries().map(([, project]) => project);
}

export function projectById(site: Site, id: string): ProjectRecord | undefined {
  return site.tables.projects.get(row(id));
}

/** By id or key, whatever the key's case. */
export function findProject(site: Site, idOrKey: string): ProjectRecord | undefined {
  return allProjects(site).find((project) => project.id === idOrKey || project.key === idOrKey.toUpperCase());
}

/** A project that certainly exists: stored issues refer to it. */
export function knownProject(site: Site, id: string): ProjectRecord {
  const project = projectById(site, id);
  if (project === undefined) throw new Error(`no project ${id}`);
  return project;
}
