import Button from '@atlaskit/button/new';
import { useMemo, useState } from 'react';
import { adminCalls } from '../../../bridge';
import { useMoments } from '../../../parts/frame-context';
import { LiveRegion } from '../../../parts/live-region';
import { useCommand } from '../../../parts/use-command';
import { en, fill } from '../../../texts/en';
import { EmptyTab } from '../empty-tab';
import { SaveOutcome } from '../save-outcome';
import type { Settings } from '../settings';
import { slug } from '../slug';
import { TabHead } from '../tab-head';
import { OwnersForm } from './owners-form';
import { policyOf, withoutUndefined, type PolicyInput, type RuleInput } from './policy-draft';
import { RuleForm } from './rule-form';
import { ruleSentence } from './rule-sentence';

/** The rules, each as the sentence it makes; edited here and saved together as the next version. */
export function PolicyTab({ settings }: { settings: Settings }) {
  const words = en.admin.policy;
  const moments = useMoments();
  const stored = settings.view.policy;
  const [based, setBased] = useState({ rev: stored?.rev ?? 0, policy: policyOf(stored) });
  const [draft, setDraft] = useState<PolicyInput>(based.policy);
  const [editing, setEditing] = useState<string>();
  const save = useCommand();
  const changed = useMemo(() => JSON.stringify(draft) !== JSON.stringify(based.policy), [draft, based]);

  const start = (view: typeof stored) => {
    const policy = policyOf(view);
    setBased({ rev: view?.rev ?? 0, policy });
    setDraft(policy);
    setEditing(undefined);
    save.clear();
  };
  const newest = stored?.rev ?? 0;
  if (newest !== based.rev && !changed && save.busy === undefined) start(stored);

  const submit = () =>
    save.run('save', async () => {
      const policy = withoutUndefined({
        ...draft,
        governanceOwnerIds: draft.governanceOwnerIds.filter((id) => id !== ''),
        privilegedOwnerIds: draft.privilegedOwnerIds?.filter((id) => id !== ''),
      });
      const { rev } = await adminCalls.savePolicy({ policy, expectedRev: based.rev });
      setBased({ rev, policy: draft });
      await settings.reload();
      return en.common.saved;
    });
  const loadTheirs = async () => {
    setDraft(based.policy);
    save.clear();
    await settings.reload();
  };
  const keep = (rule: RuleInput) => {
    setDraft((before) => ({
      ...before,
      rules: before.rules.some(({ id }) => id === rule.id)
        ? before.rules.map((known) => (known.id === rule.id ? rule : known))
        : [...before.rules, rule],
    }));
    setEditing(undefined);
  };
  const taken = draft.rules.map(({ id }) => id);
  const add = (
    <Button appearance={draft.rules.length === 0 ? 'primary' : 'default'} onClick={() => setEditing('new')}>
      {words.add}
    </Button>
  );
  return (
    <>
      <TabHead
        title={
          stored ? `${words.title}, ${fill(words.version, { version: stored.version }).toLowerCase()}` : words.title
        }
        lead={words.lead}
        action={draft.rules.length > 0 && editing === undefined && add}
      />
      {draft.rules.length === 0 && editing === undefined && (
        <EmptyTab title={words.emptyTitle} text={words.emptyText} action={add} />
      )}
      <ol className="pg-rules">
        {draft.rules.map((rule) => {
          if (editing === rule.id) {
            return (
              <li key={rule.id}>
                <RuleForm rule={rule} settings={settings.view} keep={keep} close={() => setEditing(undefined)} />
              </li>
            );
          }
          const sentence = ruleSentence(rule, settings.view, moments);
          return (
            <li key={rule.id} className="pg-rule">
              <div>
                <h3 className="pg-h3 pg-foreign">{rule.name}</h3>
                <p className="pg-foreign">
                  {sentence.when}: <span className="pg-subtle">{sentence.then}.</span>
                </p>
              </div>
              <div className="pg-actions">
                <Button
                  appearance="subtle"
                  spacing="compact"
                  aria-label={`${en.common.edit} ${rule.name}`}
                  isDisabled={editing !== undefined}
                  onClick={() => setEditing(rule.id)}
                >
                  {en.common.edit}
                </Button>
                <Button
                  appearance="subtle"
                  spacing="compact"
                  aria-label={`${en.common.remove} ${rule.name}`}
                  isDisabled={editing !== undefined}
                  onClick={() => setDraft({ ...draft, rules: draft.rules.filter(({ id }) => id !== rule.id) })}
                >
                  {en.common.remove}
                </Button>
              </div>
            </li>
          );
        })}
        {editing === 'new' && (
          <li>
            <RuleForm
              rule={{ id: '', name: '', when: {}, then: {} }}
              settings={settings.view}
              keep={(rule) => keep({ ...rule, id: slug(rule.name, taken) })}
              close={() => setEditing(undefined)}
            />
          </li>
        )}
      </ol>
      <OwnersForm policy={draft} change={(owners) => setDraft({ ...draft, ...owners })} />
      <SaveOutcome command={save} loadTheirs={() => void loadTheirs()} />
      {changed && editing === undefined && (
        <div className="pg-save-bar">
          <span>{words.unsaved}</span>
          <div className="pg-actions">
            <Button appearance="primary" isLoading={save.busy !== undefined} onClick={() => void submit()}>
              {fill(words.saveAs, { version: based.rev + 1 })}
            </Button>
            <Button appearance="subtle" isDisabled={save.busy !== undefined} onClick={() => setDraft(based.policy)}>
              {words.discard}
            </Button>
          </div>
        </div>
      )}
      {!changed && save.told && <p className="pg-told">{save.told}</p>}
      <LiveRegion text={save.told} />
    </>
  );
}
