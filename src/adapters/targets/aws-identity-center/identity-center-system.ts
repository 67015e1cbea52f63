import type { Identity } from '../../../domain/identity/identity';
import type { HeldEntitlement, Holder, Lookup, Page, PageWanted } from '../../../usecases/ports';
import type { Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { AccessReading } from '../reading/access-reading';
import type { AccessWriter } from '../reading/apply-change';
import type { Check, EntitlementList, TargetSystem } from '../reading/target-system';
import { accessWriter } from './access-writer';
import { checksOf } from './checks';
import { findByAccountId, findById, findByLogin } from './find-person';
import type { IdentityCenterClient } from './identity-center-client';
import { IdentityCenterReading } from './identity-center-reading';
import { entitlementsOf, heldByUser, holdersOf } from './lists';

/** AWS IAM Identity Center: accounts are users of the identity store, entitlements are groups and account assignments. */
export class IdentityCenterSystem implements TargetSystem {
  readonly checks: readonly Check[];

  constructor(private readonly client: IdentityCenterClient) {
    this.checks = checksOf(client);
  }

  firstLook(record: AnswerRecord): Promise<Answer<unknown>> {
    return this.client.page('store', 'ListUsers', 'Users', { MaxResults: 1 }, record);
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

  reading(accountId: string, record: AnswerRecord): AccessReading {
    return new IdentityCenterReading(this.client, accountId, record);
  }

  writer(accountId: string, record: AnswerRecord): AccessWriter {
    return accessWriter(this.client, accountId, record);
  }

  entitlements(limit: number, record: AnswerRecord): Promise<Answer<EntitlementList>> {
    return entitlementsOf(this.client, limit, record);
  }

  members(entitlementId: string, page: PageWanted, record: AnswerRecord): Promise<Page<Holder>> {
    return holdersOf(this.client, entitlementId, page, record);
  }

  heldBy(accountId: string, page: PageWanted, record: AnswerRecord): Promise<Page<HeldEntitlement>> {
    return heldByUser(this.client, accountId, page, record);
  }
}
