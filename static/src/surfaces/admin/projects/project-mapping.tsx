import type { Settings } from '../settings';
import { en } from '../../../texts/en';

type Project = Settings['view']['projects'][number];

/** The mapping as it was set up: shown, not edited. */
export function ProjectMapping({
  project,
  connectors,
}: {
  project: Project;
  connectors: Settings['view']['connectors'];
}) {
  const words = en.admin.projects;
  const role = (name: string) => words.roles[name] ?? name;
  const lists: ReadonlyArray<readonly [string, ReadonlyArray<readonly [string, string]>]> = [
    [words.requestTypes, Object.entries(project.requestTypes).map(([id, change]) => [id, en.changes[change]] as const)],
    [
      words.fields,
      Object.entries(project.fields).map(([name, id]) => [words.fieldNames[name] ?? name, String(id)] as const),
    ],
    [words.statuses, Object.entries(project.statuses).map(([id, name]) => [id, role(name)] as const)],
    [
      words.transitions,
      Object.entries(project.transitions).map(([name, transition]) => [role(name), transition] as const),
    ],
    [
      words.directory,
      [[connectors.find(({ id }) => id === project.directoryConnectorId)?.name ?? project.directoryConnectorId, '']],
    ],
  ];
  return (
    <div className="pg-mapping">
      {lists.map(([title, rows]) => (
        <section key={title}>
          <h4 className="pg-h4">{title}</h4>
          <dl className="pg-facts">
            {rows.map(([name, value]) => (
              <div key={name} className="pg-fact">
                <dt className="pg-foreign">{name}</dt>
                <dd className="pg-foreign">{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
