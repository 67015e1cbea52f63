import { standing } from '../../domain/breaker';
import type { CatalogueEntry } from '../../domain/catalogue/entitlement';
import type { Connector } from '../../domain/connector';
import { answerGate, type DenialCode } from '../../domain/gate/answer';
import { gateRowOf } from '../../domain/gate/gate-row';
import type { AccessRequest, Item } from '../../domain/request/access-request';
import type { HandOver, Wait } from '../../domain/request/direct-write';
import type { Effect } from '../../domain/request/effect';
import type { IssueView } from '../../domain/request/issue-view';
import {
  beginWrite,
  begun,
  giveWriteToPerson,
  recordWrite,
  waitWithWrite,
  writeInHand,
  type WriteOf,
  type Written,
} from '../../domain/request/lifecycle/direct';
import type { Context, Outcome } from '../../domain/request/lifecycle/outcome';
import { statusRole } from '../../domain/request/project-mapping';
import type { Ports } from '../ports';
import { changeRequest } from './change-request';
import { followIssue } from './follow-issue';
import { withKnownApprovers } from './known-approvers';
import { unplanned } from './raise-issue';
import { accountOf, expectationOf } from './read-target';

type Needed = Pick<
  Ports,
  'requests' | 'people' | 'clock' | 'jobs' | 'issues' | 'configuration' | 'targets' | 'ids' | 'breakers'
>;

const budget = { timeMs: 15_000, bytes: 2 * 1024 * 1024, calls: 12 };

/**
 * Makes a change in the target that the app makes itself. Everything is asked again at this moment: the issue as it stands,
 * the approval gate's own question, the connector, the catalogue, the circuit breaker; then the intent is written, then
 * the target, then the answer. Safe to repeat: the target is read before it is written, and what was answered is not in
 * hand any more. Throws `Unavailable` when Jira or storage does not answer; the target never does.
 */
export async function writeDirectly(
  ports: Needed,
  issueId: string,
  of: Extract<Effect, { kind: 'direct-write' }>,
): Promise<'done'> {
  const stored = await ports.requests.get(issueId);
  if (!stored || !writeInHand(stored, of)) return 'done';
  const issue = await ports.issues.read(issueId);
  // An issue that is gone asks for nothing; its request hears of it by the event, or by the next look.
  const request = issue && (await followIssue(ports, issue));
  const item = request && writeInHand(request, of);
  if (!issue || !request || !item) return 'done';
  const connector = (await ports.configuration.get('connector', item.connector.id))?.value;
  const obstacle = await obstacleTo(ports, issue, request, item, connector);
  if (obstacle && 'wait' in obstacle)
    return decide(ports, issueId, (current, context) => waitWithWrite(current, of, obstacle.wait, context));
  if (obstacle || !connector)
    return decide(ports, issueId, (current, context) =>
      giveWriteToPerson(current, of, obstacle?.give ?? 'origin-changed', context),
    );
  const mine = await begin(ports, issueId, of);
  if (!mine) return 'done';
  const written = await write(ports, connector, mine);
  return decide(ports, issueId, (current, context) => recordWrite(current, of, written, context));
}

async function decide(
  ports: Needed,
  issueId: string,
  command: (request: AccessRequest, context: Context) => Outcome | undefined,
): Promise<'done'> {
  await changeRequest(ports, issueId, { kind: 'app' }, (current, context) => current && command(current, context));
  return 'done';
}

/** The item to write, once the intent stands in storage; undefined when the record does not allow it any more. */
async function begin(ports: Needed, issueId: string, of: WriteOf): Promise<Item | undefined> {
  let goesOn = false;
  const request = await changeRequest(ports, issueId, { kind: 'app' }, (current, context) => {
    const decided = current && beginWrite(current, of, context);
    goesOn = decided?.kind === begun;
    return decided;
  });
  return goesOn && request ? writeInHand(request, of) : undefined;
}

async function write(ports: Needed, connector: Connector, item: Item): Promise<Written> {
  const target = ports.targets.open(connector, budget);
  if (item.account) return target.apply(expectationOf(item, item.account));
  const found = await accountOf(target, connector, item);
  if ('failure' in found) {
    const { failure } = found;
    return { result: failure === 'no-account' ? 'refused' : 'failed', failure };
  }
  return { ...(await target.apply(expectationOf(item, found))), account: found };
}

type Obstacle = { readonly wait: Wait } | { readonly give: HandOver };

async function obstacleTo(
  ports: Needed,
  issue: IssueView,
  request: AccessRequest,
  item: Item,
  connector: Connector | undefined,
): Promise<Obstacle | undefined> {
  const mapping = (await ports.configuration.get('project', issue.projectId))?.value;
  if (!mapping || statusRole(mapping, issue.statusId) !== 'in-progress') return { wait: 'not-in-work' };
  const row = gateRowOf(request);
  const answer = answerGate('approval', await withKnownApprovers(ports, issue, row), row, [], ports.clock.now());
  if (answer.answer === 'deny')
    return answer.denials.some(({ code }) => inactive.includes(code))
      ? { give: 'approver-inactive' }
      : { wait: 'content-unclear' };
  if (!connector || connector.origin !== item.connector.origin) return { give: 'origin-changed' };
  const entry = (await ports.configuration.get('catalogue', item.entitlement.catalogueId))?.value;
  if (!connector.write || !isDirectStill(entry, item)) return { give: 'switched-off' };
  return item.changeKind === 'revoke' ? obstacleToRemoval(ports, request) : undefined;
}

const inactive: readonly DenialCode[] = ['approver-inactive', 'approver-unknown'];

/** The catalogue still says that the app makes this change, and means the same entitlement by it. */
function isDirectStill(entry: CatalogueEntry | undefined, item: Item): boolean {
  return (
    entry?.fulfilment === 'direct' &&
    entry.connectorId === item.connector.id &&
    entry.entitlementId === item.entitlement.entitlementId
  );
}

/**
 * A removal that the app raised knows a moment later why, and until when the access may stay. Many unplanned ones at once
 * are held by the breaker before they are raised; those that were raised already wait with the others.
 */
async function obstacleToRemoval(ports: Needed, request: AccessRequest): Promise<Obstacle | undefined> {
  if (request.origin === undefined)
    return (await ports.issues.person(request.raiserId))?.isApp === true ? { wait: 'reason-unknown' } : undefined;
  if (request.origin.reason === undefined || !unplanned.includes(request.origin.reason)) return undefined;
  const state = standing((await ports.breakers.get('revocations'))?.state, ports.clock.now());
  return state === 'held' ? { wait: 'breaker-held' } : state === 'drop' ? { give: 'dropped' } : undefined;
}
