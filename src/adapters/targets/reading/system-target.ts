import type { Connector } from '../../../domain/connector';
import { connectorKinds } from '../../../domain/connector-kinds';
import type { Identity } from '../../../domain/identity/identity';
import type { Instant } from '../../../domain/instant';
import type { Expectation, Observation, ReadFailure } from '../../../domain/verification/judge';
import type {
  ApplyResult,
  HeldEntitlement,
  Holder,
  Lookup,
  NonHumanIdentity,
  Page,
  PageWanted,
  ProbeStep,
  Target,
} from '../../../usecases/ports';
import { AnswerRecord } from '../http/answer-record';
import { applyChange, notMade } from './apply-change';
import { observe, observedNothing } from './observe';
import { probe } from './probe';
import type { Connect, EntitlementList, TargetSystem } from './target-system';

/** A target over a system of any kind: what is the same for all of them. */
export class SystemTarget implements Target {
  identityByEmployeeNumber?: (employeeNumber: string) => Promise<Lookup<Identity>>;
  members?: (entitlementId: string, page: PageWanted) => Promise<Page<Holder>>;
  heldBy?: (accountId: string, page: PageWanted) => Promise<Page<HeldEntitlement>>;
  nonHumanIdentities?: (page: PageWanted) => Promise<Page<NonHumanIdentity>>;

  constructor(
    private readonly connect: Connect,
    private readonly connector: Pick<Connector, 'kind' | 'write'>,
    private readonly now: () => Instant,
  ) {
    const can = connectorKinds[connector.kind].capabilities;
    if (can.employeeNumber)
      this.identityByEmployeeNumber = (number) =>
        this.lookUp(
          number,
          async (system, record) =>
            (await system.identityByEmployeeNumber?.(number, record)) ?? {
              found: 'unreadable',
              failure: 'bad-request',
            },
        );
    if (can.members) this.members = (id, page) => this.page((system, record) => system.members?.(id, page, record));
    if (can.heldBy) this.heldBy = (id, page) => this.page((system, record) => system.heldBy?.(id, page, record));
    if (can.nonHuman)
      this.nonHumanIdentities = (page) => this.page((system, record) => system.nonHumanIdentities?.(page, record));
  }

  identityByAccountId(accountId: string): Promise<Lookup<Identity>> {
    return this.lookUp(accountId, (system, record) => system.identityByAccountId(accountId, record));
  }

  identityByLogin(login: string): Promise<Lookup<Identity>> {
    return this.lookUp(login, (system, record) => system.identityByLogin(login, record));
  }

  identityById(id: string): Promise<Lookup<Identity>> {
    return this.lookUp(id, (system, record) => system.identityById(id, record));
  }

  async observe(expectation: Expectation): Promise<Observation> {
    const at = this.now();
    const record = new AnswerRecord();
    if (expectation.account.id === '') return observedNothing(expectation, 'no-account', record, at);
    const system = await this.connect('reader');
    if (!system.ok) return observedNothing(expectation, system.failure, record, at);
    const { id, login } = expectation.account;
    return observe(expectation, system.value.reading(id, record, login), record, at);
  }

  async apply(expectation: Expectation): Promise<ApplyResult> {
    if (!this.connector.write) return { result: 'refused', failure: 'forbidden' };
    if (expectation.account.id === '') return { result: 'refused', failure: 'no-account' };
    const system = await this.connect('writer');
    if (!system.ok) return notMade(system.failure);
    const record = new AnswerRecord();
    const writer = system.value.writer?.(expectation.account.id, record);
    if (!writer) return { result: 'refused', failure: 'forbidden' };
    return applyChange(expectation, system.value.reading(expectation.account.id, record), writer);
  }

  async entitlements(limit: number): Promise<EntitlementList | { readonly failure: ReadFailure }> {
    const system = await this.connect('reader');
    if (!system.ok) return { failure: system.failure };
    const listed = await system.value.entitlements(limit, new AnswerRecord());
    if (!listed.ok) return { failure: listed.failure };
    const { entitlements, complete } = listed.value;
    // A server may send more rows than it was asked for.
    return { entitlements: entitlements.slice(0, limit), complete: complete && entitlements.length <= limit };
  }

  probe(): Promise<readonly ProbeStep[]> {
    return probe(this.connect, this.connector);
  }

  private async lookUp(
    key: string,
    find: (system: TargetSystem, record: AnswerRecord) => Promise<Lookup<Identity>>,
  ): Promise<Lookup<Identity>> {
    if (key === '') return { found: 'none' };
    const system = await this.connect('reader');
    if (!system.ok) return { found: 'unreadable', failure: system.failure };
    return find(system.value, new AnswerRecord());
  }

  private async page<T>(
    read: (system: TargetSystem, record: AnswerRecord) => Promise<Page<T>> | undefined,
  ): Promise<Page<T>> {
    const system = await this.connect('reader');
    if (!system.ok) return { failure: system.failure };
    return (await read(system.value, new AnswerRecord())) ?? { failure: 'bad-request' };
  }
}
