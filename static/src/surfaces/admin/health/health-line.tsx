import type { ReactNode } from 'react';
import type { Tone } from '../../../parts/tone';
import { ToneIcon } from '../../../parts/tone-icon';
import { en } from '../../../texts/en';

const words: Readonly<Partial<Record<Tone, string>>> = {
  success: en.admin.health.words.ok,
  warning: en.admin.health.words.attention,
  danger: en.admin.health.words.broken,
};

/** One finding with its sign; the sign has a word for those who do not see it. */
export function HealthLine({ tone, title, children }: { tone: Tone; title: ReactNode; children?: ReactNode }) {
  return (
    <li className="pg-health-line">
      <ToneIcon tone={tone} />
      <div className="pg-health-said">
        <p className="pg-strong pg-foreign">
          {title} {words[tone] && <span className="pg-hidden">({words[tone]})</span>}
        </p>
        {children}
      </div>
    </li>
  );
}
