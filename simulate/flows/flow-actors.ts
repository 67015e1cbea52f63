import type { Json } from '../../src/domain/canonical';
import { accountOf, fields, nestedGroupId, requestTypes, statuses, targetName, type PersonKey } from '../company';
import { openOf } from '../desk/desk';
import type { DeskIssue } from '../desk/desk-issue';
import { did, nothing, type Actor, type Deed, type Scene } from '../actors/actor';
import { decideAs } from '../actors/decide';
import { carryOut } from '../actors/fulfil';
import { button, noted } from '../actors/panel';
import { press } from '../actors/transitions';
import { grantException } from '../../src/usecases/grant-exception';
import { observeIssue } from '../../src/usecases/observe-issue';
import { resolveWhenProven } from '../../src/usecases/resolve-when-proven';

const summer = '2026-07-20T00:00:00.000Z';
const later = '2026-08-20T00:00:00.000Z';
const holder = 'u-rita';
const held = 'g-readers';

/** An actor of flows: never chosen by chance, and it knows when its deed is done, so that it may be asked again. */
function actor(name: string, act: (scene: Scene, issue: DeskIssue) => Promise<Deed>): Actor {
  return {
    name: `flow-${name}`,
    weight: 0,
    act: (scene) => {
      const issue = scene.installation.desk.list()[0];
      return issue ? act(scene, issue) : Promise.resolve(nothing('no issue'));
    },
  };
}

const soon = (now: number): string => new Date(now + 3 * 3_600_000).toISOString();

function asker(name: string, kind: 'grant' | 'modify' | 'revoke', entitlement: string, end: string | undefined): Actor {
  return {
    name: `flow-${name}`,
    weight: 0,
    act({ installation, world }) {
      // Ends that would lie in the past are a few hours away.
      const until = end === undefined || Date.parse(end) > world.now() ? end : soon(world.now());
      const values: Record<string, Json> = {
        [fields.target]: targetName,
        [fields.entitlement]: entitlement,
        [fields.justification]: 'Quarter close',
        ...(until ? { [fields.end]: until } : {}),
      };
      const rita = accountOf('rita');
      installation.desk.create({ requestTypeId: requestTypes[kind], reporterId: rita, creatorId: rita, values });
      return Promise.resolve(did('asked'));
    },
  };
}

const approve =
  (end: string): ((scene: Scene, issue: DeskIssue) => Promise<Deed>) =>
  async ({ installation }, issue) => {
    const answered = issue.answers.some(({ decision, wanted }) => decision === 'approve' && wanted.includes(end));
    if (answered) return did('approved before');
    const approval = openOf(issue);
    const mark = accountOf('mark');
    if (!approval?.approvers.some(({ accountId }) => accountId === mark)) return nothing('mark is not asked');
    return did('approved', installation.desk.answer(issue, approval.id, mark, 'approve') === 'done');
  };

const see =
  (status: string) =>
  (_scene: Scene, issue: DeskIssue): Promise<Deed> =>
    Promise.resolve(issue.statusId === status ? did('seen') : nothing('not yet'));

const pressUntil =
  (name: string, status: string) =>
  async (scene: Scene, issue: DeskIssue): Promise<Deed> =>
    issue.statusId === status ? did('done before') : press(scene, issue, name);

/** Agents look at the panel before they act: the app knows that work may be done. */
function mayWork({ installation }: Scene, issue: DeskIssue): boolean {
  const state = installation.rows.request(issue.id)?.state ?? 'submitted';
  return issue.statusId === statuses.inProgress && ['fulfilling', 'verifying', 'verified'].includes(state);
}

/** Asks for another entitlement, and the app hears of it at once. */
async function rename(scene: Scene, issue: DeskIssue, name: string): Promise<void> {
  scene.installation.desk.edit(issue, { [fields.entitlement]: name }, accountOf('rita'));
  await look(scene, issue);
}

/** An event reaches the app. */
async function look({ world, installation, strand }: Scene, issue: DeskIssue): Promise<void> {
  await world.invoke(installation, `event ${issue.id}`, strand, (ports) =>
    observeIssue(ports, { issueId: issue.id, deleted: false }),
  );
}

/** Overrides a gate for an hour. */
function except(scene: Scene, issue: DeskIssue, by: PersonKey, gate: 'approval' | 'verification'): Promise<Deed> {
  const accountId = accountOf(by);
  const until = scene.world.appMs + 3_600_000;
  const asked = {
    issueId: issue.id,
    accountId,
    gate,
    reason: 'The target is being moved',
    ownerAccountId: accountOf('adele'),
    expiresAt: new Date(until).toISOString(),
    renew: false,
  };
  return noted(scene, issue, 'exception', accountId, (ports) => grantException(ports, asked), {
    gate,
    until,
  });
}

/** The people of the flows. */
export const flowActors: readonly Actor[] = [
  asker('ask-grant', 'grant', 'Finance Approvers', summer),
  asker('ask-removal', 'revoke', 'Finance Readers', undefined),
  asker('ask-change', 'modify', 'Finance Approvers', summer),
  {
    name: 'flow-holds',
    weight: 0,
    act({ installation }) {
      installation.directory.add(held, holder);
      return Promise.resolve(did('held'));
    },
  },
  actor('approve', approve('')),
  actor('approve-again', approve(later)),
  actor('approve-in-panel', async (scene, issue) => {
    if (issue.statusId === statuses.inProgress) return did('approved before');
    const deed = await decideAs(scene, issue, accountOf('mark'), 'approve');
    return { ...deed, ok: false };
  }),
  actor('fulfil', (scene, issue) =>
    Promise.resolve(
      mayWork(scene, issue) ? did(carryOut(scene.installation.directory, issue, false)) : nothing('work has not begun'),
    ),
  ),
  actor('take-back', ({ installation }) => {
    installation.directory.remove('g-approvers', holder);
    return Promise.resolve(did('taken back'));
  }),
  asker('ask-long', 'grant', 'Finance Approvers', undefined),
  asker('ask-short', 'grant', 'Finance Approvers', '2026-01-01T00:00:00.000Z'),
  actor('other-path', ({ installation: { directory } }) => {
    directory.add(nestedGroupId, holder);
    directory.nest(held, nestedGroupId, true);
    return Promise.resolve(did('another path'));
  }),
  actor('take-out', ({ installation: { directory } }) => {
    directory.remove(held, holder);
    return Promise.resolve(did('taken out'));
  }),
  actor('give', ({ installation: { directory } }) => {
    directory.add('g-approvers', holder);
    return Promise.resolve(did('given'));
  }),
  actor('invite', ({ installation: { directory } }) => {
    directory.invite('g-approvers', holder);
    return Promise.resolve(did('invited'));
  }),
  actor('back', ({ installation: { directory } }) => {
    directory.remove('g-approvers', holder);
    return Promise.resolve(did('as before'));
  }),
  actor('swap', ({ installation }, issue) => {
    installation.desk.edit(issue, { [fields.entitlement]: 'Production Admins' }, accountOf('rita'));
    return Promise.resolve(did('swapped'));
  }),
  actor('account-off', ({ installation: { directory } }) => {
    directory.setActive(holder, false);
    return Promise.resolve(did('account off'));
  }),
  actor('typo-and-swap', async (scene, issue) => {
    await rename(scene, issue, 'Finance Approvals');
    await rename(scene, issue, 'Finance Approvers');
    return did('swapped after a typo');
  }),
  actor('look', async (scene, issue) => {
    await look(scene, issue);
    return did('the app has looked');
  }),
  actor('except', (scene, issue) => except(scene, issue, 'gus', 'verification')),
  actor('except-oneself', (scene, issue) => except(scene, issue, 'ana', 'verification')),
  actor('except-approval', (scene, issue) => except(scene, issue, 'gus', 'approval')),
  actor('other-type', ({ installation }, issue) => {
    const back = issue.requestTypeId === requestTypes.ungoverned;
    installation.desk.changeType(issue, back ? requestTypes.grant : requestTypes.ungoverned, accountOf('amir'));
    return Promise.resolve(did(back ? 'the type it had' : 'another type'));
  }),
  actor('approver-leaves', ({ installation }) => {
    installation.desk.setActive(accountOf('mark'), false);
    return Promise.resolve(did('left'));
  }),
  actor('decline-in-panel', (scene, issue) => decideAs(scene, issue, accountOf('mark'), 'decline')),
  actor('walk-away', async (scene, issue) => {
    if (!mayWork(scene, issue)) return nothing('work has not begun');
    const ended = await button(scene, issue, 'walk-away', (ports) =>
      resolveWhenProven(ports, { issueId: issue.id, accountId: accountOf('amir'), on: true }),
    );
    return ended.ended === 'done' ? did('walked away') : nothing(ended.ended);
  }),
  actor('extend', (scene, issue) => {
    if (!mayWork(scene, issue)) return Promise.resolve(nothing('work has not begun'));
    scene.installation.desk.edit(issue, { [fields.end]: later }, accountOf('rita'));
    return Promise.resolve(did('extended'));
  }),
  actor('refused-cancel', async (scene, issue) => {
    if (scene.installation.rows.request(issue.id)?.state === 'cancelling') return did('refused before');
    await press(scene, issue, 'Cancel');
    return { text: 'tried', ok: scene.installation.rows.request(issue.id)?.state === 'cancelling' };
  }),
  actor('decline', ({ installation }, issue) => {
    const approval = openOf(issue);
    const result = approval && installation.desk.answer(issue, approval.id, accountOf('mark'), 'decline');
    return Promise.resolve(result === 'done' ? did('declined') : nothing('nobody is asked'));
  }),
  actor('bulk-move', (scene, issue) => {
    if (!mayWork(scene, issue)) return Promise.resolve(nothing('work has not begun'));
    scene.installation.desk.toStatus(issue, statuses.resolved, accountOf('amir'), 'move', false);
    return Promise.resolve(did('moved'));
  }),
  actor('resolve', pressUntil('Resolve', statuses.resolved)),
  actor('cancel', pressUntil('Cancel', statuses.canceled)),
  actor('reopen', pressUntil('Reopen', statuses.submitted)),
  actor('see-resolved', see(statuses.resolved)),
  actor('see-in-progress', see(statuses.inProgress)),
];
