import Button from '@atlaskit/button/new';
import { useState, type FormEvent } from 'react';
import { adminCalls } from '../../../bridge';
import { DurationField } from '../../../parts/duration-field';
import { LiveRegion } from '../../../parts/live-region';
import { RadioGroup } from '../../../parts/radio-group';
import { TextLineField } from '../../../parts/text-line-field';
import { useCommand } from '../../../parts/use-command';
import { en } from '../../../texts/en';
import { SaveOutcome } from '../save-outcome';
import type { Settings } from '../settings';
import { TabHead } from '../tab-head';
import { Leavers } from './leavers';

type AnchorKind = 'none' | 'issue' | 'address';

/** Where governance requests are opened, where digests are anchored, and who may send lists of leavers. */
export function SiteTab({ settings }: { settings: Settings }) {
  const [version, setVersion] = useState(0);
  const loadTheirs = async () => {
    await settings.reload();
    setVersion((before) => before + 1);
  };
  return (
    <>
      <SiteForm key={version} settings={settings} loadTheirs={() => void loadTheirs()} />
      <Leavers settings={settings} />
    </>
  );
}

function SiteForm({ settings, loadTheirs }: { settings: Settings; loadTheirs: () => void }) {
  const words = en.admin.site;
  const stored = settings.view.site;
  const anchor = stored?.anchor;
  const [project, setProject] = useState(stored?.governanceProjectKey ?? '');
  const [issueType, setIssueType] = useState(stored?.governanceIssueType ?? '');
  const [kind, setKind] = useState<AnchorKind>(anchor?.kind ?? 'none');
  const [issueKey, setIssueKey] = useState(anchor?.kind === 'issue' ? anchor.issueKey : '');
  const [url, setUrl] = useState(anchor?.kind === 'address' ? anchor.url : '');
  const [secretMaxAge, setSecretMaxAge] = useState(stored?.secretMaxAge);
  const [secretRemindBefore, setSecretRemindBefore] = useState(stored?.secretRemindBefore);
  const [checked, setChecked] = useState(false);
  const save = useCommand();
  const badProject = project.trim() !== '' && !/^[A-Z][A-Z0-9_]+$/.test(project.trim());
  const badIssue = kind === 'issue' && !/^[A-Z][A-Z0-9_]+-\d+$/.test(issueKey.trim());
  const badUrl = kind === 'address' && !/^https:\/\/\S+$/.test(url.trim());

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (badProject || badIssue || badUrl) return;
    void save.run('save', async () => {
      await adminCalls.saveSite({
        site: {
          ...(project.trim() ? { governanceProjectKey: project.trim() } : {}),
          ...(issueType.trim() ? { governanceIssueType: issueType.trim() } : {}),
          ...(kind === 'issue' ? { anchor: { kind, issueKey: issueKey.trim() } } : {}),
          ...(kind === 'address' ? { anchor: { kind, url: url.trim() } } : {}),
          ...(secretMaxAge ? { secretMaxAge } : {}),
          ...(secretRemindBefore ? { secretRemindBefore } : {}),
        },
        expectedRev: stored?.rev ?? 0,
      });
      await settings.reload();
      return en.common.saved;
    });
  };

  return (
    <>
      <TabHead title={words.title} lead={words.lead} />
      <form className="pg-card pg-form" noValidate onSubmit={submit} aria-label={words.title}>
        <div className="pg-form-grid">
          <TextLineField
            label={words.project}
            hint={words.projectHint}
            optional
            value={project}
            onChange={setProject}
            error={checked && badProject ? words.projectWrong : undefined}
          />
          <TextLineField
            label={words.issueType}
            hint={words.issueTypeHint}
            optional
            value={issueType}
            onChange={setIssueType}
          />
        </div>
        <RadioGroup
          label={words.anchor}
          value={kind}
          options={(Object.keys(words.anchors) as AnchorKind[]).map((value) => ({
            value,
            label: words.anchors[value],
          }))}
          onChange={setKind}
        />
        <p className="pg-hint">{words.anchorHint}</p>
        {kind === 'issue' && (
          <TextLineField
            label={words.issueKey}
            hint={words.issueKeyHint}
            value={issueKey}
            onChange={setIssueKey}
            error={checked && badIssue ? words.issueWrong : undefined}
          />
        )}
        {kind === 'address' && (
          <TextLineField
            label={words.url}
            hint={words.urlHint}
            type="url"
            maxLength={500}
            value={url}
            onChange={setUrl}
            error={checked && badUrl ? words.urlWrong : undefined}
          />
        )}
        <section className="pg-form-part" aria-label={words.secrets}>
          <h3 className="pg-h4">{words.secrets}</h3>
          <div className="pg-form-grid">
            <DurationField
              label={words.secretMaxAge}
              hint={words.secretMaxAgeHint}
              value={secretMaxAge}
              onChange={setSecretMaxAge}
            />
            <DurationField
              label={words.secretRemindBefore}
              hint={words.secretRemindBeforeHint}
              value={secretRemindBefore}
              onChange={setSecretRemindBefore}
            />
          </div>
        </section>
        <SaveOutcome command={save} loadTheirs={loadTheirs} />
        <div className="pg-actions">
          <Button type="submit" appearance="primary" isLoading={save.busy !== undefined}>
            {en.common.save}
          </Button>
          {save.told && <span className="pg-told">{save.told}</span>}
        </div>
        <LiveRegion text={save.told} />
      </form>
    </>
  );
}
