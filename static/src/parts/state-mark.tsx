import { ToneIcon } from './tone-icon';
import type { Tone } from './tone';

/** A state as icon and word on its colour. */
export function StateMark({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={`pg-mark pg-mark-${tone}`}>
      <ToneIcon tone={tone} small />
      <span>{children}</span>
    </span>
  );
}
