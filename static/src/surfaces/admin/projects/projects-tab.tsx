import { en } from '../../../texts/en';
import { EmptyTab } from '../empty-tab';
import type { Settings } from '../settings';
import { TabHead } from '../tab-head';
import { ProjectCard } from './project-card';

/** The governed projects. */
export function ProjectsTab({ settings }: { settings: Settings }) {
  const words = en.admin.projects;
  return (
    <>
      <TabHead title={words.title} lead={words.lead} />
      {settings.view.projects.length === 0 && <EmptyTab title={words.emptyTitle} text={words.emptyText} />}
      <ul className="pg-cards">
        {settings.view.projects.map((project) => (
          <li key={`${project.projectId} ${project.rev}`}>
            <ProjectCard project={project} settings={settings} />
          </li>
        ))}
      </ul>
    </>
  );
}
