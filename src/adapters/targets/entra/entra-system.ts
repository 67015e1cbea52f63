import type { Identity } from '../../../domain/identity/identity';
import type { HeldEntitlement, Holder, Lookup, NonHumanIdentity, Page, PageWanted } from '../../../usecases/ports';
import type { Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { SignedHttp } from '../http/signed-http';
import type { AccessReading } from '../reading/access-reading';
import type { AccessWriter } from '../reading/apply-change';
import type { Check, EntitlementList, TargetSystem } from '../reading/target-system';
import { accessWriter } from './access-writer';
import { checksOf } from './checks';
import { entitlementsOf } from './entitlement-list';
import { EntraReading } from './entra-reading';
import { findByAccountId, findByEmployeeNumber, findById, findByLogin } from './find-person';
import { GraphClient } from './graph-client';
import { heldByUser } from './held-by';
import { holdersOf } from './holders';
import { servicePrincipalsOf } from './service-principals';

/** Microsoft Entra ID through Graph: accounts are users, entitlements are groups, app roles and directory roles. */
export class EntraSystem implements TargetSystem {
  readonly checks: readonly Check[];
  private readonly client: GraphClient;

  constructor(http: SignedHttp, baseUrl: string) {
    this.client = new GraphClient(http, baseUrl);
    this.checks = checksOf(this.client);
  }

  firstLook(record: AnswerRecord): Promise<Answer<unknown>> {
    return this.client.page(['users'], { $select: 'id', $top: '1' }, record);
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
    return new EntraReading(this.client, accountId, record);
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

  nonHumanIdentities(page: PageWanted, record: AnswerRecord): Promise<Page<NonHumanIdentity>> {
    return servicePrincipalsOf(this.client, page, record);
  }
}
