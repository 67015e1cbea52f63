import { en } from '../texts/en';

/** How risky an entitlement is, as a word. */
export function RiskMark({ risk }: { risk: string }) {
  return <span className={`pg-risk pg-risk-${risk}`}>{en.risks[risk] ?? risk}</span>;
}
