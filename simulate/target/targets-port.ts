import type { Connector } from '../../src/domain/connector';
import { canonicalHash } from '../../src/domain/canonical';
import type { Identity } from '../../src/domain/identity/identity';
import type { Expectation, Hold, Observation, ReadFailure } from '../../src/domain/verification/judge';
import type { ApplyResult, Lookup, Target, Targets } from '../../src/usecases/ports';
import { offered, type DirectoryPerson } from '../company';
import { change } from './change';
import type { Invocation } from '../platform/invocation';
import type { JiraFailure } from '../script';

/** A target as a connector reports it: the truth, or a failure; never an absence that it did not see. */
export function simulatedTargets(
  invocation: Invocation,
  secretOf: (connector: Connector, purpose: 'read' | 'write') => Promise<string | undefined>,
): Targets {
  const { directory, witness } = invocation.installation;
  const ask = <T>(label: string, effect: () => T, failed: (failure: ReadFailure) => T): Promise<T> =>
    invocation.call('target', label, effect, (how) => failed(asReadFailure(how)));
  return {
    address: (text) => ({ ok: true, url: text, origin: text }),
    open(connector): Target {
      // As the real connectors do: the secret goes only where it was entered for.
      const signIn = async (): Promise<ReadFailure | undefined> => {
        if (connector.secret?.origin !== connector.origin) return 'origin-changed';
        return (await secretOf(connector, 'read')) === undefined ? 'no-secret' : undefined;
      };
      const lookUp = async (
        label: string,
        matches: (person: DirectoryPerson) => boolean,
      ): Promise<Lookup<Identity>> => {
        const failure = await signIn();
        if (failure) return { found: 'unreadable', failure };
        return ask<Lookup<Identity>>(
          label,
          () => {
            const person = directory.user(matches);
            return person
              ? { found: 'one', value: identityOf(person, directory.account(person.id)) }
              : { found: 'none' };
          },
          (why) => ({ found: 'unreadable', failure: why }),
        );
      };
      const observe = async (expectation: Expectation): Promise<Observation> => {
        const appAt = invocation.world.appNow();
        const failure = await signIn();
        const unknown = (why: ReadFailure): Observation => ({
          at: appAt,
          hold: 'unknown',
          through: [],
          replaced: Object.fromEntries(expectation.replaces.map((r) => [r.entitlementId, 'unknown' as const])),
          account: 'unknown',
          failure: why,
          rawHash: canonicalHash({ why }),
          calls: 1,
          bytes: 0,
        });
        if (failure) return unknown(failure);
        const told = (seen: Observation): Observation => {
          const record = {
            issueId: invocation.subject,
            expectation,
            seen,
            at: invocation.world.now(),
            appAt: Date.parse(appAt),
          };
          witness.told.push(record);
          return seen;
        };
        return ask(
          `observe ${expectation.account.login} ${expectation.entitlement.id}`,
          () => {
            const userId = expectation.account.id;
            const hold = directory.hold(expectation.entitlement.id, userId);
            const replaced: Record<string, Hold> = {};
            for (const { entitlementId } of expectation.replaces)
              replaced[entitlementId] = directory.hold(entitlementId, userId);
            return told({
              at: appAt,
              hold,
              through: hold === 'indirect' ? ['Nested'] : [],
              replaced,
              account: directory.account(userId),
              rawHash: canonicalHash({ hold, replaced }),
              calls: 1,
              bytes: 100,
            });
          },
          (why) => told(unknown(why)),
        );
      };
      const seen = (expectation: Expectation): void => {
        const { installation, subject, read, world } = invocation;
        installation.onApply?.({
          issueId: subject,
          expectation,
          at: world.now(),
          appAt: Date.parse(world.appNow()),
          read: read?.issueId === subject ? read : undefined,
          record: subject === undefined ? undefined : installation.rows.request(subject),
        });
      };
      return {
        identityByAccountId: (accountId) => lookUp('by-account', (person) => person.accountId === accountId),
        identityByLogin: (login) => lookUp('by-login', (person) => person.login === login.toLowerCase()),
        identityById: (id) => lookUp('by-id', (person) => person.id === id),
        observe,
        apply: async (expectation) => {
          if (!connector.write) return { result: 'refused', failure: 'forbidden' };
          if (connector.writeSecret?.origin !== connector.origin)
            return { result: 'failed', failure: 'origin-changed' };
          if ((await secretOf(connector, 'write')) === undefined) return { result: 'refused', failure: 'no-secret' };
          const make = (): ApplyResult => {
            const { answer, changed } = change(directory, expectation);
            if (changed) seen(expectation);
            return answer;
          };
          return ask<ApplyResult>(`apply ${expectation.account.login} ${expectation.entitlement.id}`, make, (why) => {
            // Nobody says so, but it was made.
            if (why === 'timeout') make();
            return refusals.has(why) ? { result: 'refused', failure: why } : { result: 'failed', failure: why };
          });
        },
        entitlements: () =>
          Promise.resolve({
            entitlements: offered.map(({ groupId, name }) => ({ id: groupId, name })),
            complete: true,
          }),
        probe: () => Promise.resolve([]),
      };
    },
  };
}

/** What a target says when it will say the same next time. */
const refusals: ReadonlySet<ReadFailure> = new Set(['forbidden', 'not-found']);

function asReadFailure(how: JiraFailure | ReadFailure): ReadFailure {
  return how === 'ack-lost' || how === 'rate-limited-bare' ? 'server-error' : (how as ReadFailure);
}

function identityOf(person: DirectoryPerson, account: 'active' | 'inactive' | 'gone'): Identity {
  return {
    kind: person.kind,
    id: person.id,
    name: person.name,
    login: person.login,
    active: account === 'active',
    ...(person.accountId ? { accountId: person.accountId } : {}),
    ...(person.managerId ? { managerId: person.managerId } : {}),
    attributes: person.department ? { department: person.department } : {},
  };
}
