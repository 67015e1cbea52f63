import type { World } from '../world';

/** Facts that tell of attempts and repetitions: a crash may bring more of them without changing how things end. */
const ofAttempts: ReadonlySet<string> = new Set([
  'gate-refused',
  'refused',
  'decision-refused',
  'reading',
  'state',
  'baseline',
  'proven',
  'as-before',
  'still-unreadable',
  'edit-not-understood-yet',
  'jsm-decision-confirmed',
  'proof-contradicted',
  'nothing-due',
  'edited-without-effect',
]);

/** How everything ended, without instants and order, to be compared with another run of the same story. */
export function endState(world: World): string {
  return JSON.stringify(
    world.installations.map(({ desk, rows }) =>
      desk.list().map((issue) => {
        const request = rows.request(issue.id);
        const facts = rows.chain(`request:${issue.id}`).flatMap((entry) => entry.facts.map(({ fact }) => fact));
        return {
          status: issue.statusId,
          state: request?.state,
          epoch: request?.epoch,
          round: request?.round,
          items: request?.items.map(({ outcome, contentHash, baseline }) => [outcome, contentHash, baseline.kind]),
          facts: [...new Set(facts)].filter((fact) => !ofAttempts.has(fact)).sort(),
          comments: issue.comments.map(({ text }) => text).sort(),
          property: issue.property,
          cases: rows.all('case').length,
        };
      }),
    ),
  );
}
