import type { Identity } from '../../../domain/identity/identity';
import type { HeldEntitlement, Holder, Lookup, Page, PageWanted } from '../../../usecases/ports';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { SignedHttp } from '../http/signed-http';
import type { AccessReading } from '../reading/access-reading';
import type { AccessWriter } from '../reading/apply-change';
import type { Check, EntitlementList, TargetSystem } from '../reading/target-system';
import { checksOf } from './checks';
import { DirectoryClient, textOf } from './directory-client';
import { groupIdOf, isUserId } from './entitlement-id';
import { findByAccountId, findByEmployeeNumber, findById, findByLogin } from './find-person';
import { heldByUser, membersOf } from './walk';
import { WorkspaceReading } from './workspace-reading';

/** Google Workspace through the Directory API: accounts are users, entitlements are groups. */
export class WorkspaceSystem implements TargetSystem {
  readonly checks: readonly Check[];
  private readonly client: DirectoryClient;

  constructor(http: SignedHttp, customer: string, scope: string) {
    this.client = new DirectoryClient(http, customer);
    this.checks = checksOf(this.client, scope);
  }

  firstLook(record: AnswerRecord): Promise<Answer<unknown>> {
    return this.client.page(['users'], 'users', { customer: this.client.customer, maxResults: '1' }, record);
  }

  identityByAccountId(accountId: string, record: AnswerRecord): Promise<Lookup<Identity>> {
    return findByAccountId(this.client, accountId, record);
  }

  identityByLogin(login: string, record: AnswerRecord): Promise<Lookup<Identity>> {
    return findByLogin(this.client, login, record);
  }

  identityById(id: string, record: AnswerRecord): Promise<Lookup<Identity>> {
    return findById(this.client, id, record);
  }

  identityByEmployeeNumber(employeeNumber: string, record: AnswerRecord): Promise<Lookup<Identity>> {
    return findByEmployeeNumber(this.client, employeeNumber, record);
  }

  reading(accountId: string, record: AnswerRecord): AccessReading {
    return new WorkspaceReading(this.client, accountId, record);
  }

  writer(accountId: string, record: AnswerRecord): AccessWriter {
    return {
      give: async (entitlementId) => {
        const groupId = groupIdOf(entitlementId);
        if (groupId === undefined || !isUserId(accountId)) return failed('not-found');
        // Google adds members by address, so the address is read from the very account first.
        const user = await this.client.get(['users', accountId], record);
        if (!user.ok) return user;
        const email = textOf(user.value, 'primaryEmail');
        if (email === undefined || user.value['id'] !== accountId) return failed('malformed');
        return this.client.change('POST', ['groups', groupId, 'members'], { email, role: 'MEMBER' }, record);
      },
      take: (entitlementId) => {
        const groupId = groupIdOf(entitlementId);
        if (groupId === undefined || !isUserId(accountId)) return Promise.resolve(failed('not-found'));
        return this.client.change('DELETE', ['groups', groupId, 'members', accountId], undefined, record);
      },
    };
  }

  async entitlements(limit: number, record: AnswerRecord): Promise<Answer<EntitlementList>> {
    const query = { customer: this.client.customer, maxResults: String(Math.max(1, Math.min(200, limit))) };
    const listed = await this.client.list(['groups'], 'groups', query, record, limit);
    if (!listed.ok) return listed;
    const entitlements = listed.value.rows.map((row) => {
      const id = textOf(row, 'id') ?? '';
      return { id: `group:${id}`, name: textOf(row, 'name') ?? id, label: 'Group' };
    });
    return answered({ entitlements, complete: listed.value.complete });
  }

  members(entitlementId: string, page: PageWanted, record: AnswerRecord): Promise<Page<Holder>> {
    return membersOf(this.client, entitlementId, page, record);
  }

  heldBy(accountId: string, page: PageWanted, record: AnswerRecord): Promise<Page<HeldEntitlement>> {
    return heldByUser(this.client, accountId, page, record);
  }
}
