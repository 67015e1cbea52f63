import { isAttested } from '../domain/connector-kinds';
import { parseInstant } from '../domain/instant';
import type { AccessRequest } from '../domain/request/access-request';
import { attest, confirmAttestation } from '../domain/request/lifecycle/attest';
import type { Ports } from './ports';
import { changeRequest } from './steps/change-request';
import { followIssue } from './steps/follow-issue';
import { governanceOwners, requireOneOf } from './steps/require-governance';

/** What a person says, as the first of two (with an owner and an end) or as the second. */
export interface Said {
  readonly issueId: string;
  readonly accountId: string;
  /** The person may work on the issue in Jira. */
  readonly mayWork: boolean;
  readonly statement: string;
  readonly first?: { readonly ownerAccountId: string; readonly expiresAt: string };
}

/**
 * Two people attest what they see in a target that nothing can read. Agents, the owner of the entitlement and governance
 * owners may, and none who has a part in the request.
 * @throws Refusal when the target can be read, or the person, the owner, the end or the words are not acceptable
 */
export async function attestAccess(
  ports: Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs' | 'configuration' | 'issues' | 'targets' | 'ids'>,
  said: Said,
): Promise<AccessRequest | undefined> {
  const issue = await ports.issues.read(said.issueId);
  // An edit or a reopening that was not heard of yet comes first: people attest what is asked today.
  const request = issue && (await followIssue(ports, issue));
  if (!request) return undefined;
  const ownerId = said.first?.ownerAccountId ?? request.attestation?.ownerId;
  const owner = ownerId === undefined ? undefined : await ports.issues.person(ownerId);
  const witness = await ports.issues.person(said.accountId);
  const governance = await governanceOwners(ports);
  const asked = {
    by: said.accountId,
    statement: said.statement,
    ownerActive: owner?.active === true && !owner.isApp,
    hasReader: await hasReader(ports, request),
    ...(issue?.assigneeId ? { assigneeId: issue.assigneeId } : {}),
  };
  return changeRequest(ports, said.issueId, { kind: 'person', accountId: said.accountId }, (current, context) => {
    if (!current) return undefined;
    const owners = current.items.flatMap(({ entitlement }) => entitlement.ownerAccountId ?? []);
    const allowed = [...governance, ...owners, ...(said.mayWork ? [said.accountId] : [])];
    const only = 'Only agents, the owner of the entitlement and governance owners may attest.';
    requireOneOf(allowed, said.accountId, only, context);
    const names = {
      ...current.names,
      ...(witness ? { [said.accountId]: witness.displayName } : {}),
      ...(owner && ownerId !== undefined ? { [ownerId]: owner.displayName } : {}),
    };
    if (!said.first) return confirmAttestation({ ...current, names }, asked, context);
    const { ownerAccountId, expiresAt } = said.first;
    const full = { ...asked, ownerId: ownerAccountId, expiresAt: parseInstant(expiresAt) ?? '' };
    return attest({ ...current, names }, full, context);
  });
}

/** Whether a target of the request can be read as it is connected now: then nobody's word counts. */
async function hasReader(ports: Pick<Ports, 'configuration'>, request: AccessRequest): Promise<boolean> {
  for (const { connector } of request.items) {
    const now = (await ports.configuration.get('connector', connector.id))?.value;
    if (!now || !isAttested(now)) return true;
  }
  return false;
}
