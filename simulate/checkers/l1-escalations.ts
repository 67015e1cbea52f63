import type { AuditEntry } from '../../src/domain/audit/entry';
import type { Installation } from '../platform/installation';
import { clocksOf, stepAt, stepsOf } from '../truth/ladder';
import type { Checker } from './checker';

const minute = 60_000;

/** L1: every step of a ladder that fell due on an open clock was taken. */
export const escalations: Checker = {
  name: 'L1',
  atEnd(installation, { now }) {
    for (const key of installation.rows.keys('request')) {
      const id = key.slice('req:'.length);
      const request = installation.rows.request(id);
      if (!request || request.state === 'deleted' || isStuck(installation, id)) continue;
      const privileged = request.policy?.ladder.steps.some((step) => step.id.endsWith('-late')) === true;
      const entries = installation.rows.chain(`request:${id}`);
      for (const clock of clocksOf(entries)) {
        if (!clock.open || clock.shifted) continue;
        for (const step of stepsOf(clock.kind, privileged)) {
          const due = stepAt(step, clock, privileged);
          if (due <= now - 10 * minute && !taken(entries, step, clock.at))
            return `the step ${step} of request ${id} was due at ${new Date(due).toISOString()} and never taken`;
        }
      }
    }
    return undefined;
  },
};

function taken(entries: readonly AuditEntry[], step: string, since: number): boolean {
  return entries.some(
    ({ at, facts }) =>
      Date.parse(at) >= since &&
      facts.some((fact) => (fact.fact === 'escalated' || fact.fact === 'escalation-skipped') && fact['step'] === step),
  );
}

/** What gave up waits for a person, who is told. */
function isStuck({ rows }: Installation, id: string): boolean {
  return rows.get('due', `due:req:${id}`)?.['shard'] === '0:stuck';
}
