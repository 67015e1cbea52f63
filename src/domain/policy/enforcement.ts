import type { Risk } from '../catalogue/entitlement';
import type { Instant } from '../instant';

/** `observe` says what it would have refused, `warn` also tells the agent, `enforce` refuses. */
export type EnforcementMode = 'observe' | 'warn' | 'enforce';

/** One line of the enforcement table: the first line that fits decides. */
export interface EnforcementRule {
  readonly requestTypeId?: string;
  readonly risk?: Risk;
  readonly mode: EnforcementMode;
  /** Issues created before this instant are `legacy`: counted, never refused or reopened. */
  readonly effectiveFrom: Instant;
}

/** How strictly an issue is governed. Nothing configured means `enforce`: silence never opens a gate. */
export function enforcementFor(
  rules: readonly EnforcementRule[],
  issue: { readonly requestTypeId: string; readonly risk: Risk; readonly createdAt: Instant },
): { readonly mode: EnforcementMode; readonly legacy: boolean } {
  const rule = rules.find(
    (r) =>
      (r.requestTypeId === undefined || r.requestTypeId === issue.requestTypeId) &&
      (r.risk === undefined || r.risk === issue.risk),
  );
  if (!rule) return { mode: 'enforce', legacy: false };
  return { mode: rule.mode, legacy: issue.createdAt < rule.effectiveFrom };
}

const strictness: Record<EnforcementMode, number> = { observe: 0, warn: 1, enforce: 2 };

/** The stricter of two modes: a request of several items is governed as its strictest item. */
export function stricterMode(a: EnforcementMode, b: EnforcementMode): EnforcementMode {
  return strictness[a] >= strictness[b] ? a : b;
}

/** Whether a request is refused what its gates refuse. A request that has no policy yet is: silence never opens a gate. */
export function isEnforced(policy: { readonly mode: EnforcementMode } | undefined): boolean {
  return (policy?.mode ?? 'enforce') === 'enforce';
}
