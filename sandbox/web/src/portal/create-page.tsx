/** The form of a request type, drawn from the fields that the desk gives it. */
import Button from '@atlaskit/button/new';
import { type FormEvent, useEffect, useState } from 'react';
import { kindOf } from '../agent/field-value';
import { goTo, useAddress } from '../routing/address';
import { Notice, Pending } from '../shell/notice';
import { get, post } from '../site/http';
import { isoOf } from '../site/instants';
import { DESK, REQUEST, type RequestField, type RequestType } from '../site/jira';
import { useLoaded } from '../site/use-loaded';
import { CreateField } from './create-field';
import { PortalLayout } from './portal-layout';
import { readSuggestions } from './suggestions';

const HIDDEN_AT_FIRST = ['Service account', 'Access start', 'Access duration'];

export function CreatePage({ requestType }: { requestType: string }) {
  const type = useLoaded(() => get<RequestType>(`${DESK}/requesttype/${requestType}`), `type ${requestType}`);
  const form = useLoaded(
    () => get<{ requestTypeFields: RequestField[] }>(`${DESK}/requesttype/${requestType}/field`),
    `fields ${requestType}`,
  );
  return (
    <PortalLayout title={type.value?.name ?? 'Request'} crumbs={[{ name: 'Raise a request', href: '/portal' }]}>
      {type.value && <p className="portal__lead">{type.value.description}</p>}
      {form.value ? (
        <CreateForm
          requestType={requestType}
          fields={form.value.requestTypeFields}
          removal={type.value?.name === 'Remove access'}
        />
      ) : (
        <Pending error={form.error ?? type.error} lines={6} />
      )}
    </PortalLayout>
  );
}

function CreateForm({
  requestType,
  fields,
  removal,
}: {
  requestType: string;
  fields: RequestField[];
  removal: boolean;
}) {
  const { query } = useAddress();
  const { value: suggestions } = useLoaded(readSuggestions, 'suggestions');
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(fields.map((field) => [field.fieldId, query.get(field.name) ?? ''])),
  );
  const [more, setMore] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [missing, setMissing] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const set = (id: string, value: string) => setValues((before) => ({ ...before, [id]: value }));
  const target = fields.find(({ name }) => name === 'Target system')?.fieldId;
  const [onlyTarget, another] = suggestions?.byField['Target system'] ?? [];
  // Where there is one target there is nothing to choose.
  useEffect(() => {
    if (target === undefined || !onlyTarget || another) return;
    setValues((before) => (before[target] ? before : { ...before, [target]: onlyTarget.value }));
  }, [target, onlyTarget, another]);
  const shown = fields.filter((field) => more || !HIDDEN_AT_FIRST.includes(field.name));
  const entitlement = values[fields.find(({ name }) => name === 'Entitlement')?.fieldId ?? ''] ?? '';

  const send = async (event: FormEvent) => {
    event.preventDefault();
    // The summary writes itself when nobody has a better one.
    const summary =
      values['summary'] || (entitlement === '' ? '' : `${removal ? 'Remove' : 'Access to'} ${entitlement}`);
    const filled: Record<string, string> = { ...values, summary };
    const absent = fields
      .filter((field) => field.required && (filled[field.fieldId] ?? '') === '')
      .map(({ fieldId }) => fieldId);
    setMissing(absent);
    setFailure(undefined);
    if (absent.length > 0) return void document.getElementById(`field-${absent[0]}`)?.focus();
    setBusy(true);
    try {
      const { issueKey } = await post<{ issueKey: string }>(REQUEST, {
        serviceDeskId: '1',
        requestTypeId: requestType,
        requestFieldValues: Object.fromEntries(
          fields
            .map((field) => [field.fieldId, written(field, filled[field.fieldId] ?? '')])
            .filter(([, value]) => value !== undefined),
        ),
      });
      goTo(`/portal/request/${issueKey}`);
    } catch (error) {
      setFailure((error as Error).message);
      setBusy(false);
    }
  };

  return (
    <form className="card create" noValidate onSubmit={(event) => void send(event)}>
      {failure !== undefined && (
        <Notice kind="error" title="The request was not created">
          {failure}
        </Notice>
      )}
      {shown.map((field) => (
        <CreateField
          key={field.fieldId}
          field={field}
          kind={kindOf(field.jiraSchema)}
          value={values[field.fieldId] ?? ''}
          onChange={(value) => set(field.fieldId, value)}
          suggestions={suggestions}
          missing={missing.includes(field.fieldId)}
          optionalSummary={entitlement}
        />
      ))}
      {!more && (
        <p>
          <button type="button" className="link-button" onClick={() => setMore(true)}>
            For a service account, from a later day, or for a time from proof
          </button>
        </p>
      )}
      <div className="create__buttons">
        <Button type="submit" appearance="primary" isLoading={busy}>
          Send
        </Button>
        <Button appearance="subtle" onClick={() => goTo('/portal')}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** As the portal's API takes it; nothing is sent for what was left empty. */
function written(field: RequestField, value: string): unknown {
  if (value === '') return undefined;
  switch (kindOf(field.jiraSchema)) {
    case 'user':
      return { accountId: value };
    case 'date-time':
      return isoOf(value);
    default:
      return value;
  }
}
