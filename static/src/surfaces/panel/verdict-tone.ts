import type { EvidenceView } from '../../../../src/contract/request-view';
import type { Tone } from '../../parts/tone';

const tones: Readonly<Record<EvidenceView['verdict'], Tone>> = {
  confirmed: 'success',
  absent: 'danger',
  different: 'danger',
  pending: 'information',
  unreadable: 'unknown',
};

export function toneOfVerdict(verdict: EvidenceView['verdict']): Tone {
  return tones[verdict] ?? 'neutral';
}
