import { endException } from '../../src/usecases/end-exception';
import { grantException } from '../../src/usecases/grant-exception';
import { openEmergency } from '../../src/usecases/open-emergency';
import { reviewEmergency } from '../../src/usecases/review-emergency';
import { accountOf, agents, governanceOwners, people } from '../company';
import { nothing, someIssue, type Actor } from './actor';
import { noted } from './panel';

const hour = 3_600_000;

/** A governance owner (or somebody who is none) overrides a gate for a time, or renews what there is. */
export const override: Actor = {
  name: 'grant-exception',
  weight: 1.5,
  async act(scene) {
    const issue = someIssue(scene);
    if (!issue) return nothing('no issue');
    const { world, dice } = scene;
    const accountId = accountOf(dice.pick([...governanceOwners, ...governanceOwners, dice.pick(people)]));
    const gate = dice.pick(['approval', 'verification', 'verification'] as const);
    const until = world.appMs + dice.pick([hour / 6, hour, 6 * hour, 40 * 24 * hour]);
    const asked = {
      issueId: issue.id,
      accountId,
      gate,
      reason: 'The target is being moved',
      ownerAccountId: accountOf(dice.pick(people)),
      expiresAt: new Date(until).toISOString(),
      renew: dice.happens(0.25),
    };
    // A renewal goes on with the gate of what it renews, which only the record knows.
    const more = asked.renew ? { until } : { gate, until };
    return noted(scene, issue, 'exception', accountId, (ports) => grantException(ports, asked), more);
  },
};

export const endOverride: Actor = {
  name: 'end-exception',
  weight: 0.5,
  async act(scene) {
    const issue = someIssue(scene);
    if (!issue) return nothing('no issue');
    const accountId = accountOf(scene.dice.pick(governanceOwners));
    return noted(scene, issue, 'exception-ended', accountId, (ports) =>
      endException(ports, { issueId: issue.id, accountId }),
    );
  },
};

/** Somebody opens a grant at once because it cannot wait. */
export const emergency: Actor = {
  name: 'open-emergency',
  weight: 1,
  async act(scene) {
    const issue = someIssue(scene);
    if (!issue) return nothing('no issue');
    const accountId = accountOf(scene.dice.happens(0.8) ? scene.dice.pick(agents) : scene.dice.pick(people));
    return noted(scene, issue, 'emergency', accountId, (ports) =>
      openEmergency(ports, { issueId: issue.id, accountId, reason: 'Payments stand still' }),
    );
  },
};

export const review: Actor = {
  name: 'review-emergency',
  weight: 0.7,
  async act(scene) {
    const issue = someIssue(scene);
    if (!issue) return nothing('no issue');
    const { dice } = scene;
    const accountId = accountOf(dice.happens(0.8) ? dice.pick(governanceOwners) : dice.pick(people));
    const accepted = dice.happens(0.5);
    const asked = { issueId: issue.id, accountId, accepted, comment: 'Looked at' };
    // An accepted review changes nothing that counts at a gate.
    return noted(scene, issue, accepted ? 'emergency-accepted' : 'emergency-rejected', accountId, (ports) =>
      reviewEmergency(ports, asked),
    );
  },
};
