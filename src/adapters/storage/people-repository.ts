import { ForgeKvsAPIError, kvs } from '@forge/kvs';
import type { People } from '../../usecases/ports';
import { getRow, guarded, queryRows, type Row } from './entities';
import { personKey } from './keys';

type StoredPerson = Row & { readonly ref: string; readonly data: { readonly accountId: string } };

/**
 * References that stand for people in audit chains. Each is random: once its mapping is removed nothing leads back to the
 * person, and the chains still verify.
 */
export function createPeopleRepository(newRef: () => string, now: () => string): People {
  return {
    async refs(accountIds, known) {
      const refs: Record<string, string> = { ...known };
      const missing = [...new Set(accountIds)].filter((id) => refs[id] === undefined);
      for (let i = 0; i < missing.length; i += 25) {
        const keys = missing.slice(i, i + 25).map((id) => ({ key: personKey(id), entityName: 'person' }));
        const answer = await guarded(() => kvs.batchGet<StoredPerson>(keys));
        for (const { value } of answer.successfulKeys) if (value) refs[value.data.accountId] = value.ref;
      }
      for (const accountId of missing)
        if (refs[accountId] === undefined) refs[accountId] = await create(accountId, newRef(), now());
      return refs;
    },
    async mappings() {
      const found: Array<{ ref: string; accountId: string }> = [];
      let cursor: string | undefined;
      do {
        const page = await queryRows<StoredPerson>('person', 'by-kind', ['mapping'], {
          limit: 100,
          ...(cursor ? { cursor } : {}),
        });
        found.push(...page.rows.map(({ value }) => ({ ref: value.ref, accountId: value.data.accountId })));
        cursor = page.cursor;
      } while (cursor);
      return found;
    },
  };
}

async function create(accountId: string, ref: string, at: string): Promise<string> {
  const row: Row = { v: 1, rev: 1, kind: 'mapping', ref, at, data: { accountId } };
  try {
    await kvs.entity<Row>('person').set(personKey(accountId), row, { keyPolicy: 'FAIL_IF_EXISTS' });
    return ref;
  } catch (error) {
    if (!(error instanceof ForgeKvsAPIError) || error.code !== 'KEY_CONFLICT')
      return guarded(() => Promise.reject(error));
    // Somebody else was first: theirs is the reference from now on.
    return (await getRow<StoredPerson>('person', personKey(accountId)))?.ref ?? ref;
  }
}
