import type { AccessRequest, Item } from '../../domain/request/access-request';
import type { IdentityToday } from '../../domain/request/lifecycle/hold';
import type { Ports, Target } from '../ports';

type Needed = Pick<Ports, 'configuration' | 'targets' | 'issues'>;

const budget = { timeMs: 8_000, bytes: 1024 * 1024, calls: 6 };
/** A word for people from outside, as SCIM's `userType` has it. */
const contractor = /^contract(or)?$/i;

/**
 * What directory and Jira say today about an identity: whether it is there, active and as it was, and whether the person
 * who answers for it still is. Whatever cannot be read is `unreadable`, never an absence.
 */
export async function identityToday(ports: Needed, request: AccessRequest, itemId: string): Promise<IdentityToday> {
  const item = [...request.items, ...request.former].find((candidate) => candidate.id === itemId);
  const mapping = (await ports.configuration.get('project', request.projectId))?.value;
  const connector = mapping && (await ports.configuration.get('connector', mapping.directoryConnectorId))?.value;
  if (!item || !connector) return { found: 'unreadable' };
  const directory = ports.targets.open(connector, budget);
  const found = await directory.identityById(item.identity.id);
  if (found.found === 'none') return { found: 'gone' };
  if (found.found !== 'one') return { found: 'unreadable' };
  const identity = found.value;
  const person = identity.accountId === undefined ? undefined : await ports.issues.person(identity.accountId);
  const active = identity.active && (identity.accountId === undefined || person?.active !== false);
  const sponsorActive = await sponsor(ports, directory, item, identity.managerId, identity.attributes.userType);
  if (sponsorActive === 'unreadable') return { found: 'unreadable' };
  return {
    found: 'yes',
    active,
    attributes: identity.attributes,
    ...(sponsorActive === undefined ? {} : { sponsorActive }),
  };
}

/** Contractors and non-human identities need somebody who answers for them; employees do not. */
async function sponsor(
  ports: Needed,
  directory: Target,
  item: Item,
  managerId: string | undefined,
  userType: string | undefined,
): Promise<boolean | undefined | 'unreadable'> {
  if (item.ownerAccountId !== undefined) return (await ports.issues.person(item.ownerAccountId))?.active === true;
  if (!contractor.test(userType ?? '') || managerId === undefined) return undefined;
  const manager = await directory.identityById(managerId);
  if (manager.found === 'unreadable' || manager.found === 'many') return 'unreadable';
  return manager.found === 'one' && manager.value.active;
}
