import { en } from '../texts/en';
import type { Surface } from '../frame';

const shapes: Readonly<Record<Surface | 'plain', readonly string[]>> = {
  panel: ['title', 'short', 'steps', 'line', 'box', 'half'],
  context: ['line', 'short'],
  admin: ['title', 'short', 'box', 'box'],
  portal: ['title', 'line', 'line', 'line', 'short'],
  plain: ['line', 'short'],
};

/** The shape of what is coming, so that nothing jumps when it arrives. */
export function Skeleton({ kind }: { kind: Surface | 'plain' }) {
  return (
    <div className={`pg-skeleton pg-skeleton-${kind}`} role="status" aria-label={en.frame.loading}>
      {shapes[kind].map((shape, index) => (
        <span key={index} className={`pg-skeleton-part pg-skeleton-${shape}`} />
      ))}
    </div>
  );
}
