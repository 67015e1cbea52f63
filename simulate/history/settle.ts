import { observeIssue } from '../../src/usecases/observe-issue';
import { checkers } from '../checkers/all-checkers';
import type { Installation } from '../platform/installation';
import type { World } from '../world';

const minute = 60_000;
/** Pauses between attempts grow to an hour; whatever is left after these rounds will never be done. */
const mostRounds = 14;

/** Faults are gone, sweeps run: brings the history to rest and checks what must be so then. */
export async function settle(world: World): Promise<void> {
  world.note('quiet');
  world.setClockOff(0);
  world.speakAgain();
  // The first sweep after the silence, the second, and the hourly look for lost events.
  await world.pass(world.staleMs + 6 * minute);
  await world.pass(66 * minute);
  for (let round = 0; round < mostRounds && waits(world); round++) await world.pass(66 * minute);
  for (const installation of world.installations) {
    await again(world, installation);
    for (const checker of checkers) {
      if (world.violations.length > 0) return;
      world.judge(checker, checker.atEnd?.(installation, world.around(installation)));
    }
  }
}

function waits(world: World): boolean {
  if (world.violations.length > 0) return false;
  return (
    world.agenda.nextAt() !== undefined ||
    world.installations.some((installation) =>
      installation.rows.all('outbox').some((row) => row['lane'] === '0:waiting'),
    )
  );
}

/** I1 for events: looking at every issue once more changes nothing. */
async function again(world: World, installation: Installation): Promise<void> {
  for (const issue of installation.desk.list()) {
    const before = installation.rows.request(issue.id)?.rev;
    await world.invoke(installation, `again ${issue.id}`, undefined, (ports) =>
      observeIssue(ports, { issueId: issue.id, deleted: false }),
    );
    const after = installation.rows.request(issue.id)?.rev;
    if (before !== after && before !== undefined) {
      world.violations.push({
        invariant: 'I1',
        sentence: `the same event once more changed ${issue.key} from revision ${before} to ${after}`,
      });
      return;
    }
  }
}
