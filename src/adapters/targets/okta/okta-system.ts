import type { Identity } from '../../../domain/identity/identity';
import type { HeldEntitlement, Holder, Lookup, NonHumanIdentity, Page, PageWanted } from '../../../usecases/ports';
import type { Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { SignedHttp } from '../http/signed-http';
import type { AccessReading } from '../reading/access-reading';
import type { AccessWriter } from '../reading/apply-change';
import type { Check, EntitlementList, TargetSystem } from '../reading/target-system';
import { OktaReading } from './access';
import { accessWriter } from './change-access';
import { checksOf } from './checks';
import { findByAccountId, findByEmployeeNumber, findById, findByLogin } from './find-person';
import { listEntitlements, listHeld, listMembers, listNonHuman } from './lists';
import { OktaClient } from './okta-client';

/** An Okta organisation as a target: accounts are users, entitlements are groups and app assignments. */
export class OktaSystem implements TargetSystem {
  readonly checks: readonly Check[];
  private readonly client: OktaClient;

  constructor(http: SignedHttp) {
    this.client = new OktaClient(http);
    this.checks = checksOf(this.client);
  }

  firstLook(record: AnswerRecord): Promise<Answer<unknown>> {
    return this.client.page(['users'], { limit: '1' }, undefined, record);
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
    return new OktaReading(this.client, record, accountId);
  }

  writer(accountId: string, record: AnswerRecord): AccessWriter {
    return accessWriter(this.client, accountId, record);
  }

  entitlements(limit: number, record: AnswerRecord): Promise<Answer<EntitlementList>> {
    return listEntitlements(this.client, limit, record);
  }

  members(entitlementId: string, page: PageWanted, record: AnswerRecord): Promise<Page<Holder>> {
    return listMembers(this.client, entitlementId, page, record);
  }

  heldBy(accountId: string, page: PageWanted, record: AnswerRecord): Promise<Page<HeldEntitlement>> {
    return listHeld(this.client, accountId, page, record);
  }

  nonHumanIdentities(page: PageWanted, record: AnswerRecord): Promise<Page<NonHumanIdentity>> {
    return listNonHuman(this.client, page, record);
  }
}
