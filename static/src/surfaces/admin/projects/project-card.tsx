import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { saveProjectInput } from '../../../../../src/contract/inputs';
import { adminCalls, type Input } from '../../../bridge';
import { Disclosure } from '../../../parts/disclosure';
import { useCommand } from '../../../parts/use-command';
import { en } from '../../../texts/en';
import { SaveOutcome } from '../save-outcome';
import type { Settings } from '../settings';
import { EnforcementLines } from './enforcement-lines';
import { ProjectTime, timeMappingOf, withTimeMapping } from './project-time';
import { ProjectMapping } from './project-mapping';

type Mapping = Input<typeof saveProjectInput>['mapping'];
type Project = Settings['view']['projects'][number];

/** One governed project: how strictly, and by which fields and workflow steps. */
export function ProjectCard({ project, settings }: { project: Project; settings: Settings }) {
  const words = en.admin.projects;
  const stored = mappingOf(project);
  const [lines, setLines] = useState(stored.enforcement);
  const [time, setTime] = useState(() => timeMappingOf(stored));
  const save = useCommand();
  const changed =
    JSON.stringify(lines) !== JSON.stringify(stored.enforcement) ||
    JSON.stringify(time) !== JSON.stringify(timeMappingOf(stored));
  const discard = () => {
    setLines(stored.enforcement);
    setTime(timeMappingOf(stored));
  };
  const submit = () =>
    save.run('save', async () => {
      await adminCalls.saveProject({
        mapping: withTimeMapping({ ...stored, enforcement: lines }, time),
        expectedRev: project.rev,
      });
      await settings.reload();
      return en.common.saved;
    });
  return (
    <section className="pg-card" aria-label={project.projectKey}>
      <h3 className="pg-h3 pg-foreign">{project.projectKey}</h3>
      <EnforcementLines
        lines={lines}
        change={setLines}
        requestTypes={Object.keys(project.requestTypes)}
        now={settings.view.now}
      />
      <ProjectTime value={time} change={setTime} />
      <SaveOutcome
        command={save}
        loadTheirs={() => {
          save.clear();
          discard();
          void settings.reload();
        }}
      />
      {changed && (
        <div className="pg-actions">
          <Button appearance="primary" isLoading={save.busy !== undefined} onClick={() => void submit()}>
            {en.common.save}
          </Button>
          <Button appearance="subtle" isDisabled={save.busy !== undefined} onClick={discard}>
            {en.admin.policy.discard}
          </Button>
        </div>
      )}
      <Disclosure summary={words.mapping}>
        <ProjectMapping project={project} connectors={settings.view.connectors} />
      </Disclosure>
    </section>
  );
}

function mappingOf(project: Project): Mapping {
  const { rev: _rev, ...mapping } = structuredClone(project) as Mapping & { rev: number };
  return mapping;
}
