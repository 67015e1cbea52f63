import type { Identity } from '../../../domain/identity/identity';
import type { Instant } from '../../../domain/instant';
import type { Expectation, Observation, ReadFailure } from '../../../domain/verification/judge';
import type { ApplyResult, Lookup, ProbeStep, Target, TargetEntitlement } from '../../../usecases/ports';
import type { Answer } from '../http/answer';
import { AnswerRecord } from '../http/answer-record';
import { textOf } from './attributes';
import type { SignIn } from './auth';
import { changeMembership } from './change-membership';
import type { ScimClient } from './client';
import { findByEmployeeNumber, findByExternalId, findById, findByUserName } from './find-person';
import { MembershipReading } from './membership';
import { observe, observedNothing } from './observe';
import { probe, probedNothing } from './probe';

/** A connection that may be used: makes clients that sign in with the connector's secret, or in another way. */
export type Connection = (signIn?: SignIn) => ScimClient;

/** A SCIM 2.0 server as a target: accounts are Users, entitlements are Groups. */
export class ScimTarget implements Target {
  constructor(
    private readonly connect: () => Promise<Answer<Connection>>,
    private readonly mayWrite: boolean,
    private readonly now: () => Instant,
  ) {}

  identityByAccountId(accountId: string): Promise<Lookup<Identity>> {
    return this.lookUp(accountId, findByExternalId);
  }

  identityByLogin(login: string): Promise<Lookup<Identity>> {
    return this.lookUp(login, findByUserName);
  }

  identityById(id: string): Promise<Lookup<Identity>> {
    return this.lookUp(id, findById);
  }

  identityByEmployeeNumber(employeeNumber: string): Promise<Lookup<Identity>> {
    return this.lookUp(employeeNumber, findByEmployeeNumber);
  }

  async observe(expectation: Expectation): Promise<Observation> {
    const at = this.now();
    const record = new AnswerRecord();
    if (expectation.account.id === '') return observedNothing(expectation, 'no-account', record, at);
    const connection = await this.connect();
    if (!connection.ok) return observedNothing(expectation, connection.failure, record, at);
    const reading = new MembershipReading(connection.value(), record, expectation.account.id);
    return observe(expectation, reading, record, at);
  }

  async apply(expectation: Expectation): Promise<ApplyResult> {
    if (!this.mayWrite) return { result: 'refused', failure: 'forbidden' };
    if (expectation.account.id === '') return { result: 'refused', failure: 'no-account' };
    const connection = await this.connect();
    if (!connection.ok) return { result: 'refused', failure: connection.failure };
    const client = connection.value();
    const record = new AnswerRecord();
    const reading = new MembershipReading(client, record, expectation.account.id);
    return changeMembership(expectation, reading, client, record);
  }

  async entitlements(
    limit: number,
  ): Promise<
    | { readonly entitlements: readonly TargetEntitlement[]; readonly complete: boolean }
    | { readonly failure: ReadFailure }
  > {
    const connection = await this.connect();
    if (!connection.ok) return { failure: connection.failure };
    const listed = await connection.value().list('Groups', { attributes: 'id,displayName' }, new AnswerRecord(), limit);
    if (!listed.ok) return { failure: listed.failure };
    const all = listed.value.rows.map((row) => {
      const id = textOf(row, 'id') ?? '';
      return { id, name: textOf(row, 'displayName') ?? id };
    });
    // A server may send more rows than it was asked for.
    return { entitlements: all.slice(0, limit), complete: listed.value.complete && all.length <= limit };
  }

  async probe(): Promise<readonly ProbeStep[]> {
    const connection = await this.connect();
    return connection.ok ? probe(connection.value) : probedNothing(connection.failure);
  }

  private async lookUp(
    key: string,
    find: (client: ScimClient, key: string, record: AnswerRecord) => Promise<Lookup<Identity>>,
  ): Promise<Lookup<Identity>> {
    if (key === '') return { found: 'none' };
    const connection = await this.connect();
    if (!connection.ok) return { found: 'unreadable', failure: connection.failure };
    return find(connection.value(), key, new AnswerRecord());
  }
}
