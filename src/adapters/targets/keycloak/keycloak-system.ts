import type { Identity } from '../../../domain/identity/identity';
import type { HeldEntitlement, Holder, Lookup, NonHumanIdentity, Page, PageWanted } from '../../../usecases/ports';
import type { Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { SignedHttp } from '../http/signed-http';
import type { AccessReading } from '../reading/access-reading';
import type { AccessWriter } from '../reading/apply-change';
import type { Check, EntitlementList, TargetSystem } from '../reading/target-system';
import { KeycloakReading } from './access';
import { accessWriter } from './change-access';
import { checksOf } from './checks';
import { findByAccountId, findById, findByLogin } from './find-person';
import { listHolders } from './holders';
import { listEntitlements, listHeld, listNonHuman } from './lists';
import { brief, KeycloakClient } from './keycloak-client';

/** A realm of Keycloak as a target: accounts are users, entitlements are groups, roles of the realm and roles of clients. */
export class KeycloakSystem implements TargetSystem {
  readonly checks: readonly Check[];
  private readonly client: KeycloakClient;

  constructor(http: SignedHttp, realm: string) {
    this.client = new KeycloakClient(http, realm);
    this.checks = checksOf(this.client);
  }

  firstLook(record: AnswerRecord): Promise<Answer<unknown>> {
    return this.client.page(['users'], brief, undefined, 1, record);
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
    return new KeycloakReading(this.client, record, accountId);
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

  nonHumanIdentities(page: PageWanted, record: AnswerRecord): Promise<Page<NonHumanIdentity>> {
    return listNonHuman(this.client, page, record);
  }
}
