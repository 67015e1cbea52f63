/** One field: read, and edited in place by who may. The server decides whether they may. */
import Button from '@atlaskit/button/new';
import { type FormEvent, useState } from 'react';
import { isAgent } from '../session/role-words';
import { useSession } from '../session/session';
import { useFlags } from '../shell/flags';
import { EditIcon } from '../shell/icons';
import { put } from '../site/http';
import { ISSUE, type Issue } from '../site/jira';
import { draftOf, type FieldKind, FieldValue, kindOf, valueOf } from './field-value';
import { FieldInput } from './field-input';

interface Props {
  issue: Issue;
  id: string;
  onSaved: () => Promise<void>;
  heading?: boolean;
  bare?: boolean;
}

const EDITABLE: FieldKind[] = ['text', 'paragraph', 'date-time', 'user', 'users'];

export function EditableField({ issue, id, onSaved, heading = false, bare = false }: Props) {
  const { person } = useSession();
  const flags = useFlags();
  const [draft, setDraft] = useState<string | string[]>();
  const [busy, setBusy] = useState(false);
  const meta = issue.editmeta.fields[id];
  const kind = kindOf(meta?.schema);
  const name = meta?.name ?? issue.names[id] ?? id;
  const value = issue.fields[id];
  const mayEdit = person !== undefined && isAgent(person) && EDITABLE.includes(kind);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await put(`${ISSUE}/${issue.key}`, { fields: { [id]: valueOf(kind, draft ?? '') } });
      setDraft(undefined);
      await onSaved();
    } catch (error) {
      flags.show({ type: 'error', title: `${name} was not changed`, description: (error as Error).message });
    }
    setBusy(false);
  };

  const shownValue = heading ? (
    <h1 className="issue__summary">{value as string}</h1>
  ) : (
    <FieldValue kind={kind} value={value} />
  );
  const body =
    draft === undefined ? (
      <span className="field__read">
        {shownValue}
        {mayEdit && (
          <button
            type="button"
            className="icon-button field__edit"
            aria-label={`Edit ${name}`}
            onClick={() => setDraft(draftOf(kind, value))}
          >
            <EditIcon label="" size="small" />
          </button>
        )}
      </span>
    ) : (
      <form
        className="field__form"
        onSubmit={(event) => void save(event)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setDraft(undefined);
        }}
      >
        <FieldInput kind={kind} label={name} value={draft} onChange={setDraft} autoFocus />
        <div className="field__buttons">
          <Button type="submit" appearance="primary" spacing="compact" isLoading={busy}>
            Save
          </Button>
          <Button appearance="subtle" spacing="compact" onClick={() => setDraft(undefined)}>
            Cancel
          </Button>
        </div>
      </form>
    );
  if (heading || bare) return body;
  return (
    <div className="field">
      <dt>{name}</dt>
      <dd>{body}</dd>
    </div>
  );
}
