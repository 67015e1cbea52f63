import type { AuditEntry } from '../../src/domain/audit/entry';
import { clocksOf, stepAt } from '../truth/ladder';
import type { Checker } from './checker';

/** T1 and T2 for ladders: no step is taken before its instant, and each at most once on its clock. */
export const steps: readonly Checker[] = [
  {
    name: 'T1',
    onWrite(written, { rows }) {
      for (const { entity, value } of written) {
        const entry = entity === 'audit' ? (value?.data as AuditEntry) : undefined;
        for (const fact of entry?.facts ?? []) {
          if (!entry || fact.fact !== 'escalated') continue;
          const step = String(fact['step']);
          const started = clocksOf([...rows.chain(entry.chain), entry]).filter(({ kind }) => kind === fact['clock']);
          const earliest = Math.min(
            ...started.flatMap((clock) => [stepAt(step, clock, true), stepAt(step, clock, false)]),
          );
          if (started.length === 0 || Date.parse(entry.at) < earliest)
            return `${entry.chain} took the step ${step} at ${entry.at}, which is before its instant`;
        }
      }
      return undefined;
    },
  },
  {
    name: 'T2',
    atEnd({ rows, desk }) {
      for (const key of rows.keys('request')) {
        const entries = rows.chain(`request:${key.slice('req:'.length)}`);
        const clocks = clocksOf(entries);
        const counts = new Map<string, number>();
        for (const fact of entries.flatMap((entry) => entry.facts)) {
          if (fact.fact !== 'escalated') continue;
          const step = `${String(fact['clock'])} ${String(fact['step'])}`;
          counts.set(step, (counts.get(step) ?? 0) + 1);
        }
        for (const [step, count] of counts) {
          const most = clocks.filter(({ kind }) => step.startsWith(`${kind} `)).length;
          if (count > most) return `${key} took "${step}" ${count} times on ${most} clocks`;
        }
      }
      const markers = desk.governance.map(({ marker }) => marker);
      const twice = markers.find((marker, index) => markers.indexOf(marker) !== index);
      return twice && `governance was asked twice by ${twice}`;
    },
  },
];
