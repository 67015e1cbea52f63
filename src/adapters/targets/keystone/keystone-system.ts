import type { Identity } from '../../../domain/identity/identity';
import type { HeldEntitlement, Holder, Lookup, Page, PageWanted } from '../../../usecases/ports';
import type { Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { SignedHttp } from '../http/signed-http';
import type { AccessReading } from '../reading/access-reading';
import type { AccessWriter } from '../reading/apply-change';
import type { Check, EntitlementList, TargetSystem } from '../reading/target-system';
import { accessWriter } from './change-access';
import { checksOf } from './checks';
import { KeystoneClient } from './client';
import { findById, findByName } from './find-person';
import { KeystoneReading } from './hold-reading';
import { listEntitlements, listHeld, listHolders } from './list-access';

/** OpenStack Keystone (Identity API v3) as a target: accounts are users, entitlements are groups and roles. */
export class KeystoneSystem implements TargetSystem {
  readonly checks: readonly Check[];
  private readonly client: KeystoneClient;

  constructor(http: SignedHttp) {
    this.client = new KeystoneClient(http);
    this.checks = checksOf(this.client);
  }

  firstLook(record: AnswerRecord): Promise<Answer<unknown>> {
    return this.client.page(['users'], 'users', { limit: '1' }, record);
  }

  /** Keystone knows nothing of Atlassian accounts. */
  identityByAccountId(): Promise<Lookup<Identity>> {
    return Promise.resolve({ found: 'none' });
  }

  identityByLogin(login: string, record: AnswerRecord): Promise<Lookup<Identity>> {
    return findByName(this.client, login, record);
  }

  identityById(id: string, record: AnswerRecord): Promise<Lookup<Identity>> {
    return findById(this.client, id, record);
  }

  reading(accountId: string, record: AnswerRecord): AccessReading {
    return new KeystoneReading(this.client, record, accountId);
  }

  writer(accountId: string, record: AnswerRecord): AccessWriter {
    return accessWriter(this.client, accountId, record);
  }

  entitlements(limit: number, record: AnswerRecord): Promise<Answer<EntitlementList>> {
    return listEntitlements(this.client, limit, record);
  }

  members(entitlementId: string, page: PageWanted, record: AnswerRecord): Promise<Page<Holder>> {
    return listHolders(this.client, entitlementId, page, record);
  }

  heldBy(accountId: string, page: PageWanted, record: AnswerRecord): Promise<Page<HeldEntitlement>> {
    return listHeld(this.client, accountId, page, record);
  }
}
