/** A status: always a word, the colour only supports it. */

const TONES: Record<string, string> = {
  new: 'neutral',
  undefined: 'neutral',
  indeterminate: 'blue',
  done: 'green',
};
const BY_NAME: Record<string, string> = { Declined: 'red', Canceled: 'neutral', 'Waiting for approval': 'amber' };

export function StatusLozenge({ name, category }: { name: string; category?: string | undefined }) {
  const tone = BY_NAME[name] ?? TONES[(category ?? '').toLowerCase()] ?? 'neutral';
  return <Lozenge tone={tone}>{name}</Lozenge>;
}

export function Lozenge({ tone, children }: { tone: string; children: string }) {
  return <span className={`lozenge lozenge--${tone}`}>{children}</span>;
}
