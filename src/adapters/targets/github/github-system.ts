import type { Identity } from '../../../domain/identity/identity';
import type { HeldEntitlement, Holder, Lookup, NonHumanIdentity, Page, PageWanted } from '../../../usecases/ports';
import type { Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { SignedHttp } from '../http/signed-http';
import type { AccessReading } from '../reading/access-reading';
import type { AccessWriter } from '../reading/apply-change';
import type { Check, EntitlementList, TargetSystem } from '../reading/target-system';
import { GithubReading } from './access';
import { accessWriter } from './change-access';
import { checksOf } from './checks';
import { GithubClient } from './github-client';
import { lookupOf } from './identity';
import { listEntitlements, listHeld, listMembers, listNonHuman } from './lists';

/** A GitHub organisation as a target: accounts are users by number, entitlements are roles, teams and permissions. */
export class GithubSystem implements TargetSystem {
  readonly checks: readonly Check[];
  private readonly client: GithubClient;

  constructor(http: SignedHttp, organization: string) {
    this.client = new GithubClient(http, organization);
    this.checks = checksOf(this.client);
  }

  firstLook(record: AnswerRecord): Promise<Answer<unknown>> {
    return this.client.page(['orgs', this.client.organization, 'members'], { per_page: '1' }, undefined, record);
  }

  /** GitHub knows nothing of Atlassian accounts. */
  identityByAccountId(): Promise<Lookup<Identity>> {
    return Promise.resolve({ found: 'none' });
  }

  async identityByLogin(login: string, record: AnswerRecord): Promise<Lookup<Identity>> {
    return lookupOf(await this.client.userByLogin(login, record));
  }

  async identityById(id: string, record: AnswerRecord): Promise<Lookup<Identity>> {
    return lookupOf(await this.client.userById(id, record));
  }

  reading(accountId: string, record: AnswerRecord, login?: string): AccessReading {
    return new GithubReading(this.client, record, accountId, login);
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
