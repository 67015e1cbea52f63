import type { ImportedIssue } from '../../contracts';
import { accessDesk, fieldIds, requestTypes } from '../access-desk';
import { fieldById, fieldByName } from '../fields/catalogue';
import { readValues, requireValues } from '../fields/read-values';
import { createIssue } from '../issues/create-issue';
import { projectById } from '../projects';
import type { IssueRecord } from '../records';
import { refuse } from '../refusal';
import type { Site } from '../site-state';
import { statusByName, workflowOf } from '../workflow/workflow';

/**
 * A row of a CSV import: an issue straight in any status, with no rule, no resolution and no approval asked. Fields go by
 * id or name, paragraphs are plain text, people are keys, e-mails or account ids.
 */
export function importIssue(
  site: Site,
  wanted: ImportedIssue,
  accountOf: (name: string) => string,
  importer: string,
): IssueRecord {
  const text = wanted.requestType.toLowerCase();
  const type = requestTypes.find(({ id, name }) => id === text || name.toLowerCase() === text);
  if (type === undefined || projectById(site, accessDesk.id) === undefined) {
    throw refuse(400, `There is no request type '${wanted.requestType}'.`);
  }
  const status = statusByName(workflowOf(site, accessDesk.id).statuses, wanted.status);
  if (status === undefined) throw refuse(400, `There is no status '${wanted.status}'.`);
  const cells = Object.entries(wanted.fields ?? {}).map(([name, cell]) => {
    const field = fieldById(name) ?? fieldByName(name);
    const isPerson = field?.type.schema.type === 'user' && typeof cell === 'string';
    return [field?.id ?? name, isPerson ? { accountId: accountOf(cell) } : cell] as const;
  });
  const input = { site, projectId: accessDesk.id, dialect: 'portal' } as const;
  const values = readValues(Object.fromEntries(cells), input, () => true);
  const summary = fieldById('summary');
  if (summary !== undefined) requireValues(values, [summary]);
  return createIssue(
    site,
    {
      projectId: accessDesk.id,
      issueTypeId: type.issueTypeId,
      statusId: status.id,
      values: {
        ...values,
        [fieldIds.requestType]: type.id,
        ...(wanted.reporter === undefined ? {} : { reporter: accountOf(wanted.reporter) }),
      },
    },
    importer,
  );
}
