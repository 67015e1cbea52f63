import type { Identity } from '../../../domain/identity/identity';
import type { HeldEntitlement, Holder, Lookup, NonHumanIdentity, Page, PageWanted } from '../../../usecases/ports';
import { answered, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { SignedHttp } from '../http/signed-http';
import type { AccessReading } from '../reading/access-reading';
import type { AccessWriter } from '../reading/apply-change';
import type { Check, EntitlementList, TargetSystem } from '../reading/target-system';
import { textOf } from './attributes';
import { membershipWriter } from './change-membership';
import { ScimClient } from './client';
import { findByEmployeeNumber, findByExternalId, findById, findByUserName } from './find-person';
import { listHeld } from './list-held';
import { listMembers } from './list-members';
import { listNonHuman } from './list-non-human';
import { MembershipReading } from './membership';
import { checksOf } from './probe';

/** What a SCIM server is asked to answer with (RFC 7644 3.8). */
export const scimAccept = 'application/scim+json, application/json';

/** A SCIM 2.0 server as a target: accounts are Users, entitlements are Groups. */
export class ScimSystem implements TargetSystem {
  readonly checks: readonly Check[];
  private readonly client: ScimClient;

  constructor(http: SignedHttp) {
    this.client = new ScimClient(http);
    this.checks = checksOf(this.client);
  }

  firstLook(record: AnswerRecord): Promise<Answer<unknown>> {
    return this.client.page('Users', {}, { startIndex: 1, count: 1 }, record);
  }

  identityByAccountId(accountId: string, record: AnswerRecord): Promise<Lookup<Identity>> {
    return findByExternalId(this.client, accountId, record);
  }

  identityByLogin(login: string, record: AnswerRecord): Promise<Lookup<Identity>> {
    return findByUserName(this.client, login, record);
  }

  identityById(id: string, record: AnswerRecord): Promise<Lookup<Identity>> {
    return findById(this.client, id, record);
  }

  identityByEmployeeNumber(employeeNumber: string, record: AnswerRecord): Promise<Lookup<Identity>> {
    return findByEmployeeNumber(this.client, employeeNumber, record);
  }

  reading(accountId: string, record: AnswerRecord): AccessReading {
    return new MembershipReading(this.client, record, accountId);
  }

  writer(accountId: string, record: AnswerRecord): AccessWriter {
    return membershipWriter(this.client, accountId, record);
  }

  members(groupId: string, page: PageWanted, record: AnswerRecord): Promise<Page<Holder>> {
    return listMembers(this.client, groupId, page, record);
  }

  heldBy(accountId: string, page: PageWanted, record: AnswerRecord): Promise<Page<HeldEntitlement>> {
    return listHeld(this.client, accountId, page, record);
  }

  nonHumanIdentities(page: PageWanted, record: AnswerRecord): Promise<Page<NonHumanIdentity>> {
    return listNonHuman(this.client, page, record);
  }

  async entitlements(limit: number, record: AnswerRecord): Promise<Answer<EntitlementList>> {
    const listed = await this.client.list('Groups', { attributes: 'id,displayName' }, record, limit);
    if (!listed.ok) return listed;
    const entitlements = listed.value.rows.map((row) => {
      const id = textOf(row, 'id') ?? '';
      return { id, name: textOf(row, 'displayName') ?? id };
    });
    return answered({ entitlements, complete: listed.value.complete });
  }
}
