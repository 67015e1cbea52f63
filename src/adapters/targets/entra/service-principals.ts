import type { NonHumanIdentity, Page, PageWanted } from '../../../usecases/ports';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { isGuid } from './entitlement-id';
import type { GraphClient, Part } from './graph-client';
import { rowsOf, textOf, type Row } from './graph-row';
import { whole } from './listed';

/** How many values one `in` may have. */
const idsAFilter = 15;
/** Twenty parts a batch, and the least that is worth a call. */
const mostRows = 100;

/**
 * Service principals with what they sign in with. Client secrets and certificates lie with the application that a
 * principal stands for, when it is the company's own, and with the principal itself otherwise: both are read.
 */
export async function servicePrincipalsOf(
  client: GraphClient,
  { limit, after }: PageWanted,
  record: AnswerRecord,
): Promise<Page<NonHumanIdentity>> {
  const select = 'id,appId,displayName,accountEnabled,servicePrincipalType,passwordCredentials,keyCredentials';
  const query = { $select: select, $top: String(Math.max(1, Math.min(mostRows, limit))) };
  const page = await client.page(['servicePrincipals'], query, record, after === undefined ? {} : { after });
  if (!page.ok) return { failure: page.failure };
  const appIds = page.value.rows.map((row) => textOf(row, 'appId')).filter(isGuid);
  const applications = await applicationsOf(client, appIds, record);
  if (!applications.ok) return { failure: applications.failure };
  const rows: NonHumanIdentity[] = [];
  for (const row of page.value.rows) {
    const identity = identityOf(row, applications.value.get(textOf(row, 'appId') ?? ''));
    if (!identity) return { failure: 'malformed' };
    rows.push(identity);
  }
  return { rows, ...(page.value.next === undefined ? {} : { next: page.value.next }) };
}

async function applicationsOf(
  client: GraphClient,
  appIds: readonly string[],
  record: AnswerRecord,
): Promise<Answer<ReadonlyMap<string, Row>>> {
  const applications = new Map<string, Row>();
  const parts: Record<string, Part> = {};
  for (let from = 0; from < appIds.length; from += idsAFilter) {
    const values = appIds.slice(from, from + idsAFilter).map((id) => `'${id}'`);
    parts[String(from)] = {
      path: ['applications'],
      query: { $filter: `appId in (${values.join(',')})`, $select: 'id,appId,passwordCredentials,keyCredentials' },
    };
  }
  if (appIds.length === 0) return answered(applications);
  const said = await client.batch(parts, record);
  if (!said.ok) return said;
  for (const answer of Object.values(said.value)) {
    const rows = await whole(client, answer, record);
    if (!rows.ok) return rows.failure === 'not-found' ? failed('incomplete') : rows;
    for (const row of rows.value) applications.set(textOf(row, 'appId') ?? '', row);
  }
  return answered(applications);
}

type Credential = NonHumanIdentity['credentials'][number];

function identityOf(row: Row, application: Row | undefined): NonHumanIdentity | undefined {
  const id = textOf(row, 'id');
  if (id === undefined) return undefined;
  const credentials = new Map<string, Credential>();
  for (const holder of [row, ...(application ? [application] : [])]) {
    const [secrets, keys] = [rowsOf(holder, 'passwordCredentials'), rowsOf(holder, 'keyCredentials')];
    if (!secrets || !keys) return undefined;
    for (const [kind, list] of [
      ['secret', secrets],
      ['certificate', keys],
    ] as const)
      for (const each of list) {
        const keyId = textOf(each, 'keyId');
        if (keyId !== undefined) credentials.set(keyId, credentialOf(each, keyId, kind));
      }
  }
  return {
    id,
    login: textOf(row, 'appId') ?? id,
    name: textOf(row, 'displayName') ?? id,
    // Managed identities belong to a machine and have no secret that anybody could know.
    kind: row['servicePrincipalType'] === 'ManagedIdentity' ? 'workload' : 'service-account',
    active: row['accountEnabled'] !== false,
    credentials: [...credentials.values()],
  };
}

function credentialOf(row: Row, id: string, kind: Credential['kind']): Credential {
  const [createdAt, expiresAt] = [instantOf(row, 'startDateTime'), instantOf(row, 'endDateTime')];
  return {
    id,
    kind,
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

function instantOf(row: Row, name: string): string | undefined {
  const at = Date.parse(textOf(row, name) ?? '');
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
