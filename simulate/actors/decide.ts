import { decideStage } from '../../src/usecases/decide-stage';
import { showRequest } from '../../src/usecases/show-request';
import { Refusal } from '../../src/domain/request/lifecycle/outcome';
import { accountOf, people, statuses } from '../company';
import { openOf } from '../desk/desk';
import type { PanelAttempt } from '../truth/witness';
import { wantedKey } from '../truth/wanted';
import { did, nothing, someIssue, type Actor, type Deed, type Scene } from './actor';
import type { DeskIssue } from '../desk/desk-issue';

const waits = (issue: DeskIssue): boolean => issue.statusId === statuses.waiting;

/** Somebody answers JSM's approval: mostly one who is asked, mostly with yes. */
export const decideInPortal: Actor = {
  name: 'decide-in-portal',
  weight: 5,
  async act(scene) {
    const issue = someIssue(scene, waits);
    const approval = issue && openOf(issue);
    if (!issue || !approval) return nothing('nobody is asked');
    const { dice, installation } = scene;
    const asked = approval.approvers.filter((entry) => entry.decision === 'pending').map((entry) => entry.accountId);
    const who = dice.happens(0.8) && asked.length > 0 ? dice.pick(asked) : accountOf(dice.pick(people));
    const decision = dice.happens(0.8) ? 'approve' : 'decline';
    const result = installation.desk.answer(issue, approval.id, who, decision);
    return did(`${issue.key} ${decision} by ${who}: ${JSON.stringify(result)}`, result === 'done');
  },
};

/** Somebody decides in the app, on what the screen shows now (or showed before an edit). */
export const decideInPanel: Actor = {
  name: 'decide-in-panel',
  weight: 4,
  async act(scene) {
    const issue = someIssue(scene, waits) ?? someIssue(scene);
    if (!issue) return nothing('no issue');
    const { dice } = scene;
    const asked = openOf(issue)?.approvers.map((entry) => entry.accountId) ?? [];
    const who = dice.happens(0.8) && asked.length > 0 ? dice.pick(asked) : accountOf(dice.pick(people));
    return decideAs(scene, issue, who, dice.happens(0.8) ? 'approve' : 'decline');
  },
};

/** Opens the screen as a person and decides on what it shows. */
export async function decideAs(
  scene: Scene,
  issue: DeskIssue,
  accountId: string,
  decision: 'approve' | 'decline',
): Promise<Deed> {
  const { world, installation, strand } = scene;
  const shown = await world.invoke(installation, `show ${issue.key}`, strand, (ports) =>
    showRequest(ports, { issueId: issue.id, accountId }),
  );
  const view = shown.ended === 'done' ? shown.value : undefined;
  const item = view?.request.items[0];
  if (!view || !item) return nothing('the screen shows no content');
  const { changeKind, identity, entitlement, period } = item;
  const attempt: PanelAttempt = {
    issueId: issue.id,
    accountId,
    decision,
    wanted: wantedKey(changeKind, identity.id, entitlement.entitlementId, period),
    at: world.now(),
    appAt: world.appMs,
    outcome: 'maybe',
  };
  installation.witness.panel.push(attempt);
  const ended = await world.invoke(installation, `decide ${issue.key}`, strand, (ports) =>
    decideStage(ports, { issueId: issue.id, accountId, decision, contentHash: view.contentHash }),
  );
  if (ended.ended === 'done' && ended.value) attempt.outcome = 'recorded';
  if (ended.ended === 'threw' && ended.error instanceof Refusal) attempt.outcome = 'refused';
  return did(
    `${issue.key} ${decision} in the panel by ${accountId}: ${attempt.outcome}`,
    attempt.outcome === 'recorded',
  );
}
