import type { BreakerKind } from '../../domain/breaker';
import type { Json } from '../../domain/canonical';
import type { RevocationReason } from '../../domain/holding/holding';
import { minuteText } from '../../domain/instant-words';
import type { AccessRequest, Item, Origin } from '../../domain/request/access-request';
import type { Effect, RaisedIssue } from '../../domain/request/effect';
import { bindOrigin, dropRevocation, linkRaised } from '../../domain/request/lifecycle/hold';
import type { ProjectMapping } from '../../domain/request/project-mapping';
import type { NewIssue, Ports } from '../ports';
import { changeRequest } from './change-request';
import { followIssue } from './follow-issue';
import { passBreaker } from './pass-breaker';

type Needed = Pick<
  Ports,
  'requests' | 'people' | 'clock' | 'jobs' | 'issues' | 'configuration' | 'targets' | 'ids' | 'breakers'
>;

type Result = 'done' | { readonly notYet: string } | { readonly held: BreakerKind };

/** Removals that nobody planned: many of them at once are a mistake more often than an event. */
export const unplanned: readonly RevocationReason[] = ['leaver', 'mover', 'sponsor-left', 'contract-ended'];

/**
 * Raises the issue that a change asked for, once: found by its marker before it is made. Removals and extensions are then
 * registered at once and learn why they were raised, whether or not Jira's event ever comes.
 */
export async function raiseIssue(
  ports: Needed,
  issueId: string,
  effect: Extract<Effect, { kind: 'raise' }>,
): Promise<Result> {
  const request = await ports.requests.get(issueId);
  if (!request) return 'done';
  const { raise } = effect;
  if (raise.as === 'governance') return raiseGovernance(ports, request, effect.id, raise);
  const item = [...request.items, ...request.former].find((candidate) => candidate.id === raise.item);
  if (!item) return 'done';
  // Access that went away while its removal waited to be raised needs none.
  if (raise.as === 'revocation' && item.holding?.over !== undefined) return 'done';
  const mapping = (await ports.configuration.get('project', request.projectId))?.value;
  if (!mapping) return { notYet: 'the project of this request is not governed any more' };
  const type = requestTypeFor(mapping, raise.as);
  if (type === undefined)
    return { notYet: `the project offers no request type for ${raise.as === 'revocation' ? 'removals' : 'grants'}` };
  if (raise.as === 'revocation' && unplanned.includes(raise.reason)) {
    const leave = await passBreaker(ports, 'revocations');
    if (leave === 'held') return { held: 'revocations' };
    if (leave === 'drop') {
      await changeRequest(
        ports,
        issueId,
        { kind: 'app' },
        (current, context) => current && dropRevocation(current, raise.item, context),
      );
      return 'done';
    }
  }
  const raised = await ports.issues.raise(issueOf(request, item, mapping, type, effect.id, raise));
  if ('refused' in raised) return { notYet: `Jira did not create the request: ${raised.refused}` };
  await changeRequest(
    ports,
    issueId,
    { kind: 'app' },
    (current, context) => current && linkRaised(current, raise.item, raise.as, raised, context),
  );
  return register(ports, request, raised.id, raise);
}

async function register(
  ports: Needed,
  request: AccessRequest,
  raisedId: string,
  raise: Exclude<RaisedIssue, { as: 'governance' }>,
): Promise<Result> {
  const issue = await ports.issues.read(raisedId);
  if (!issue) return { notYet: 'the request that was raised cannot be read yet' };
  const made = await followIssue(ports, issue);
  const origin: Origin = {
    kind: raise.as,
    issueId: request.issueId,
    key: request.key,
    ...(raise.as === 'revocation' ? { reason: raise.reason } : { extensions: raise.extensions }),
    ...(raise.as === 'revocation' && raise.endsAt ? { endsAt: raise.endsAt } : {}),
  };
  await changeRequest(
    ports,
    raisedId,
    { kind: 'app' },
    (current, context) => current && bindOrigin(current, origin, context),
  );
  // A request that cannot be understood has no clock and no gate of its own: it waits here, and gets an owner.
  const [problem] = made?.problems ?? [];
  return problem ? { notYet: `the request ${made?.key ?? ''} that was raised cannot go on: ${problem.text}` } : 'done';
}

function requestTypeFor(mapping: ProjectMapping, as: 'revocation' | 'extension'): string | undefined {
  const wanted = as === 'revocation' ? 'revoke' : 'grant';
  return Object.entries(mapping.requestTypes).find(([, kind]) => kind === wanted)?.[0];
}

function issueOf(
  request: AccessRequest,
  item: Item,
  mapping: ProjectMapping,
  requestTypeId: string,
  marker: string,
  raise: Exclude<RaisedIssue, { as: 'governance' }>,
): NewIssue {
  const { fields } = mapping;
  const beneficiary = item.identity.accountId ?? item.ownerAccountId;
  const values: Record<string, Json> = {
    [fields.target]: item.connector.name,
    [fields.entitlement]: item.entitlement.name,
    ...(beneficiary ? { [fields.beneficiary]: { accountId: beneficiary } } : {}),
    ...(item.identity.kind === 'person' ? {} : { [fields.serviceAccount]: item.identity.login }),
  };
  if (raise.as === 'extension') {
    if (raise.end !== undefined) values[fields.end] = raise.end;
    else if (raise.duration !== undefined && fields.duration !== undefined) values[fields.duration] = raise.duration;
  }
  const why =
    raise.as === 'revocation' ? removalText(request, raise) : `Extension of ${request.key}: ${raise.justification}`;
  return {
    marker,
    projectKey: mapping.projectKey,
    type: { requestTypeId },
    summary:
      `${raise.as === 'revocation' ? 'Remove' : 'Extend'} ${item.entitlement.name} for ${item.identity.name}`.slice(
        0,
        250,
      ),
    fields: { ...values, [fields.justification]: document(why) },
    reporterId: raise.as === 'extension' ? raise.by : request.requesterId,
    linkTo: request.key,
  };
}

/** A paragraph field of the platform API takes an Atlassian document; the text stays text in it. */
function document(text: string): Json {
  return { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] };
}

const reasonWords: Readonly<Record<RevocationReason, string>> = {
  end: 'The access ends.',
  'given-back': 'The access was given back.',
  leaver: 'The person has left or is deactivated.',
  mover: 'What justified the access has changed.',
  'sponsor-left': 'Nobody answers for this access any more.',
  'contract-ended': 'The contract has ended.',
  'emergency-over': 'The emergency is over.',
  'emergency-rejected': 'The review did not accept the emergency.',
  'left-behind': 'Nobody asks for this access any more, and it is in the target.',
  compromised: 'The access is in wrong hands.',
};

function removalText(request: AccessRequest, raise: Extract<RaisedIssue, { as: 'revocation' }>): string {
  const until = raise.endsAt === undefined ? '' : ` It must be gone by ${minuteText(raise.endsAt)}.`;
  return `${reasonWords[raise.reason]} Granted by ${request.key}.${until}`;
}

/** Governance hears of it in a project of its own; a site without one hears of it on the request. */
async function raiseGovernance(
  ports: Needed,
  request: AccessRequest,
  marker: string,
  raise: Extract<RaisedIssue, { as: 'governance' }>,
): Promise<Result> {
  const site = (await ports.configuration.get('site', 'current'))?.value;
  const owners = (await ports.configuration.get('policy', 'current'))?.value.governanceOwnerIds ?? [];
  if (site?.governanceProjectKey === undefined) {
    await ports.issues.comment(request.issueId, marker, 'internal', raise.text, { mentions: owners });
    return 'done';
  }
  const raised = await ports.issues.raise({
    marker,
    projectKey: site.governanceProjectKey,
    type: { issueType: site.governanceIssueType ?? 'Task' },
    summary: raise.summary.slice(0, 250),
    description: raise.text,
    fields: {},
    linkTo: request.key,
  });
  if ('refused' in raised) return { notYet: `Jira did not create the governance request: ${raised.refused}` };
  await ports.issues.comment(request.issueId, `${marker}.raised`, 'internal', `Governance was asked: ${raised.key}.`);
  return 'done';
}
