/** The fields of a request in the right column; who may edit edits in place. */
import { shown } from '../site/instants';
import type { Issue } from '../site/jira';
import { EditableField } from './editable-field';

const ORDER = [
  'Target system',
  'Entitlement',
  'Beneficiary',
  'Service account',
  'Access start',
  'Access end',
  'Access duration',
  'Approvers',
  'assignee',
  'reporter',
  'priority',
];

export function DetailFields({
  issue,
  onSaved,
  without,
}: {
  issue: Issue;
  onSaved: () => Promise<void>;
  without: string[];
}) {
  const idOf = (name: string) => Object.entries(issue.names).find(([id, known]) => known === name || id === name)?.[0];
  const ids = ORDER.map(idOf).filter((id): id is string => id !== undefined && !without.includes(id));
  return (
    <section className="card">
      <h2 className="card__title">Details</h2>
      <dl className="fields">
        <div className="field">
          <dt>Request type</dt>
          <dd>{(issue.fields['issuetype'] as { name: string }).name}</dd>
        </div>
        {ids.map((id) => (
          <EditableField key={id} issue={issue} id={id} onSaved={onSaved} />
        ))}
        <div className="field">
          <dt>Created</dt>
          <dd>{shown(issue.fields['created'] as string)}</dd>
        </div>
        <div className="field">
          <dt>Updated</dt>
          <dd>{shown(issue.fields['updated'] as string)}</dd>
        </div>
      </dl>
    </section>
  );
}
