import type { AuditEntry } from '../../src/domain/audit/entry';

const hour = 3_600_000;

/** A clock as the audit tells that it was started, in milliseconds. Clocks of these histories run day and night. */
export interface Started {
  readonly kind: string;
  at: number;
  within: number;
  /** Nothing has stopped it since. */
  open: boolean;
  /** It stood still for a while, so its instants are later than they look. */
  shifted: boolean;
}

/** The clocks of an audit chain in the order in which they were started. */
export function clocksOf(entries: readonly AuditEntry[]): Started[] {
  const clocks: Started[] = [];
  const newest = (kind: string) => clocks.filter((clock) => clock.kind === kind).at(-1);
  for (const { at, facts } of entries) {
    for (const fact of facts) {
      const kind = String(fact['clock']);
      if (fact.fact === 'clock-started')
        clocks.push({
          kind,
          at: Date.parse(String(fact['at'])),
          within: lengthOf(String(fact['within'])),
          open: true,
          shifted: false,
        });
      const clock = newest(kind);
      // A removal that the app raised for an end has until that end.
      if (fact.fact === 'raised-for' && fact['endsAt'] !== undefined)
        untilEnd(newest('removal'), at, String(fact['endsAt']));
      if (fact.fact === 'clock-stopped' && clock) clock.open = false;
      if (fact.fact === 'clock-resumed' && clock) Object.assign(clock, { open: true, shifted: true });
    }
  }
  return clocks;
}

function untilEnd(clock: Started | undefined, at: string, endsAt: string): void {
  const ms = Date.parse(endsAt) - Date.parse(at);
  if (clock?.open && ms >= 60_000) Object.assign(clock, { at: Date.parse(at), within: Math.round(ms / 1000) * 1000 });
}

/** Length of time as the rules and the app write it: weeks to seconds. */
export function lengthOf(duration: string): number {
  const parts = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  const [w = 0, d = 0, h = 0, m = 0, s = 0] = (parts ?? []).slice(1).map((part) => Number(part ?? 0));
  return ((((w * 7 + d) * 24 + h) * 60 + m) * 60 + s) * 1000;
}

/** When a step of the standard or the privileged ladder falls due, in words of its own. */
export function stepAt(step: string, clock: Pick<Started, 'at' | 'within'>, privileged: boolean): number {
  const { at, within } = clock;
  if (step.endsWith('-half')) return at + within / 2;
  if (step.endsWith('-soon')) return at + within * (privileged ? 0.75 : 0.9);
  if (step.endsWith('-priority')) return at + within * 0.75;
  return step.endsWith('-late') ? at + within + hour : at + within;
}

/** The steps that a clock has. */
export function stepsOf(kind: string, privileged: boolean): string[] {
  const works = ['fulfilment', 'removal', 'compromise'].includes(kind);
  return ['half', 'soon', 'due', ...(privileged ? ['late', ...(works ? ['priority'] : [])] : [])].map(
    (end) => `${kind}-${end}`,
  );
}
