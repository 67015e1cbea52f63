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
    for (const checker of checkers) {
      if (world.violations.length > 0) return;
      world.judge(checker, checker.atEnd?.(installation, world.around(installation)));
    }
  }
  for (const installation of world.installations) await again(world, installation);
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

/** Looks at every issue, as an event would make the app do. */
async function look(world: World, installation: Installation): Promise<void> {
  for (const issue of installation.desk.list()) {
    await world.invoke(installation, `again ${issue.id}`, undefined, (ports) =>
      observeIssue(ports, { issueId: issue.id, deleted: false }),
    );
  }
}

/** I1 for events: once what changed in the world is taken in, the same event again changes nothing. */
async function again(world: World, installation: Installation): Promise<void> {
  const revisions = () => installation.desk.list().map((issue) => installation.rows.request(issue.id)?.rev ?? 0);
  await look(world, installation);
  const before = revisions();
  await look(world, installation);
  const after = revisions();
  const changed = before.findIndex((rev, index) => rev !== after[index]);
  if (changed < 0) return;
  const sentence = `the same event once more changed ${installation.desk.list()[changed]?.key} from revision ${before[changed]} to ${after[changed]}`;
  world.violations.push({ invariant: 'I1', sentence });
}
