import { askAnew } from '../../src/usecases/ask-anew';
import { callOffRemoval } from '../../src/usecases/call-off-removal';
import { reportFulfilment } from '../../src/usecases/report-fulfilment';
import { resolveWhenProven } from '../../src/usecases/resolve-when-proven';
import type { Ports } from '../../src/usecases/ports';
import { verifyEntitlement } from '../../src/usecases/verify-entitlement';
import { accountOf, agents, people, requestTypes } from '../company';
import type { DeskIssue } from '../desk/desk-issue';
import type { Ended } from '../platform/invocation';
import type { Notable } from '../truth/witness';
import { did, nothing, someIssue, type Actor, type Deed, type Scene } from './actor';

const told = (issue: DeskIssue, what: string, ended: Ended<unknown>): Deed =>
  did(
    `${issue.key} ${what}: ${ended.ended === 'threw' ? String(ended.error) : ended.ended}`,
    ended.ended === 'done' && ended.value !== undefined,
  );

/** An agent presses a button of the panel. */
export async function button(
  { world, installation, strand }: Scene,
  issue: DeskIssue,
  what: string,
  work: (ports: Ports) => Promise<unknown>,
): Promise<Ended<unknown>> {
  return world.invoke(installation, `${what} ${issue.key}`, strand, work);
}

export const verify: Actor = {
  name: 'verify',
  weight: 5,
  async act(scene) {
    const issue = someIssue(scene);
    if (!issue) return nothing('no issue');
    const actor = { kind: 'person', accountId: accountOf(scene.dice.pick(agents)) } as const;
    const ended = await button(scene, issue, 'verify', (ports) =>
      verifyEntitlement(ports, { issueId: issue.id, actor }),
    );
    return told(issue, 'verify', ended);
  },
};

export const report: Actor = {
  name: 'report-fulfilment',
  weight: 2,
  async act(scene) {
    const issue = someIssue(scene);
    if (!issue) return nothing('no issue');
    const accountId = accountOf(scene.dice.pick(agents));
    return told(
      issue,
      'report',
      await button(scene, issue, 'report', (ports) => reportFulfilment(ports, { issueId: issue.id, accountId })),
    );
  },
};

export const walkAway: Actor = {
  name: 'resolve-when-proven',
  weight: 3,
  async act(scene) {
    const issue = someIssue(scene);
    if (!issue) return nothing('no issue');
    const accountId = accountOf(scene.dice.pick(agents));
    const on = scene.dice.happens(0.85);
    return told(
      issue,
      `resolve when proven ${on}`,
      await button(scene, issue, 'walk-away', (ports) =>
        resolveWhenProven(ports, { issueId: issue.id, accountId, on }),
      ),
    );
  },
};

/** Notes something that changes what counts, whether or not the person learns that it worked. */
export async function noted(
  scene: Scene,
  issue: DeskIssue,
  what: Notable['what'],
  by: string,
  work: (ports: Ports) => Promise<unknown>,
  more: Pick<Notable, 'gate' | 'until'> = {},
): Promise<Deed> {
  const { world, installation } = scene;
  const wanted = issue.contents.at(-1)?.wanted.key ?? '';
  const [at, appAt] = [world.now(), world.appMs];
  const ended = await button(scene, issue, what, work);
  const refused = ended.ended === 'threw' && ended.error instanceof Error && ended.error.name === 'Refusal';
  if (!refused)
    installation.witness.notables.push({
      issueId: issue.id,
      what,
      by,
      at,
      appAt,
      wanted,
      sure: ended.ended === 'done',
      ...more,
    });
  return told(issue, what, ended);
}

export const anew: Actor = {
  name: 'ask-anew',
  weight: 1,
  async act(scene) {
    const issue = someIssue(scene);
    if (!issue) return nothing('no issue');
    const accountId = accountOf(scene.dice.pick(agents));
    return noted(scene, issue, 'asked-anew', accountId, (ports) => askAnew(ports, { issueId: issue.id, accountId }));
  },
};

export const callOff: Actor = {
  name: 'call-off',
  weight: 1,
  async act(scene) {
    const issue = someIssue(scene, ({ requestTypeId }) => requestTypeId === requestTypes.revoke) ?? someIssue(scene);
    if (!issue) return nothing('no issue');
    const accountId = accountOf(scene.dice.happens(0.7) ? 'gus' : scene.dice.pick(people));
    const asked = { issueId: issue.id, accountId, reason: 'Still needed' };
    return noted(scene, issue, 'called-off', accountId, (ports) => callOffRemoval(ports, asked));
  },
};
