import type { Json } from '../../../domain/canonical';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { unknown, type AccessReading, type Membership } from '../reading/access-reading';
import type { AccountAsked } from './account-asked';
import { appRoleHold } from './app-role-hold';
import { directoryRoleHold } from './directory-role-hold';
import { entitlementOf, isGuid, type EntraEntitlement } from './entitlement-id';
import { named, type GraphClient, type Part } from './graph-client';
import { groupHold } from './group-hold';

type Account = Awaited<ReturnType<AccessReading['account']>>;

/**
 * What one user holds. Each entitlement costs one call, a JSON batch that holds the user, the entitlement itself and the
 * ways in which it can be held; more only where a path is named, lists have several pages or the user is gone.
 */
export class EntraReading implements AccessReading {
  private readonly holds = new Map<string, Promise<Membership>>();
  private accountAnswer: Account | undefined;

  constructor(
    private readonly client: GraphClient,
    private readonly accountId: string,
    private readonly record: AnswerRecord,
  ) {}

  holdOf(entitlementId: string): Promise<Membership> {
    const known = this.holds.get(entitlementId) ?? this.read(entitlementId);
    this.holds.set(entitlementId, known);
    return known;
  }

  soughtIn(entitlementId: string): Promise<Membership> {
    return this.holdOf(entitlementId);
  }

  async account(): Promise<Account> {
    if (!isGuid(this.accountId)) return failed('not-found');
    if (!this.accountAnswer) {
      const row = await this.client.get(['users', this.accountId], this.accountId, accountQuery, this.record);
      this.accountAnswer = row.ok ? answered(stateOf(row.value['accountEnabled'])) : row;
    }
    return this.accountAnswer;
  }

  private async read(entitlementId: string): Promise<Membership> {
    if (!isGuid(this.accountId)) return unknown('no-account');
    const entitlement = entitlementOf(entitlementId);
    if (!entitlement) return unknown('not-found');
    return this.holdIn(entitlement, {
      client: this.client,
      record: this.record,
      accountId: this.accountId,
      ask: (parts) => this.ask(parts),
    });
  }

  private holdIn(entitlement: EntraEntitlement, asked: AccountAsked): Promise<Membership> {
    switch (entitlement.kind) {
      case 'group':
        return groupHold(asked, entitlement.groupId);
      case 'app-role':
        return appRoleHold(asked, entitlement.resourceId, entitlement.appRoleId);
      case 'directory-role':
        return directoryRoleHold(asked, entitlement.roleId);
    }
  }

  private async ask<K extends string>(
    parts: Readonly<Record<K, Part>>,
  ): Promise<Answer<{ account: 'there' | 'gone'; answers: Readonly<Record<K, Answer<Json>>> }>> {
    const own: Part = { path: ['users', this.accountId], query: accountQuery };
    const asked = await this.client.batch<string>({ account: own, ...parts }, this.record);
    if (!asked.ok) return asked;
    const { account: said, ...answers } = asked.value;
    const row = said?.ok ? named(said.value, this.accountId) : (said ?? failed('incomplete'));
    this.accountAnswer = row.ok ? answered(stateOf(row.value['accountEnabled'])) : row;
    if (!row.ok && row.failure !== 'not-found') return row;
    return answered({ account: row.ok ? 'there' : 'gone', answers: answers as Record<K, Answer<Json>> });
  }
}

const accountQuery = { $select: 'id,accountEnabled' };

function stateOf(enabled: Json | undefined): 'active' | 'inactive' | 'unknown' {
  return enabled === true ? 'active' : enabled === false ? 'inactive' : 'unknown';
}
