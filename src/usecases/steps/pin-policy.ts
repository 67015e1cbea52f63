import { defaultLadder, mergeLadders } from '../../domain/escalation/ladder';
import type { IdentityAttributes } from '../../domain/identity/identity';
import type { Instant } from '../../domain/instant';
import type { EnforcementMode } from '../../domain/policy/enforcement';
import type { Policy, PolicyAnswer, TimeDemand } from '../../domain/policy/policy';
import type { Risk } from '../../domain/catalogue/entitlement';
import type { PinnedPolicy } from '../../domain/request/access-request';
import { pinCalendar } from '../../domain/sla/calendar';
import { strictestTarget, type ClockTarget } from '../../domain/sla/clock';
import type { Ports } from '../ports';

/**
 * Pins policy's answer on a request: with the calendars and ladders as they stand now, so that nothing an administrator
 * changes later moves a clock of this request. A calendar that is not there any more counts as 24x7, the strictest one.
 */
export async function pinPolicy(
  ports: Pick<Ports, 'configuration'>,
  answer: PolicyAnswer,
  asked: {
    readonly version: number;
    readonly mode: EnforcementMode;
    readonly risk: Risk;
    readonly submittedAt: Instant;
  },
): Promise<PinnedPolicy> {
  const target = async (demands: readonly TimeDemand[]): Promise<ClockTarget> => {
    const targets = await Promise.all(demands.map((demand) => targetOf(ports, demand, asked.submittedAt)));
    return strictestTarget(targets, asked.submittedAt) ?? { within: 'PT0S' };
  };
  const ladders = await Promise.all(answer.ladders.map((id) => ports.configuration.get('ladder', id)));
  const found = ladders.flatMap((stored) => (stored ? [stored.value] : []));
  return {
    version: asked.version,
    rules: answer.rules,
    reasons: answer.reasons,
    evidenceMaxAge: answer.evidenceMaxAge,
    grace: answer.grace,
    approvalExpiresAfter: answer.approvalExpiresAfter,
    mode: asked.mode,
    clocks: {
      approval: await target(answer.clocks.approval),
      fulfilment: await target(answer.clocks.fulfilment),
      removal: await target(answer.clocks.removal),
      compromise: await target(answer.clocks.compromise),
      review: await target(answer.clocks.review),
    },
    ladder: mergeLadders(found.length > 0 ? found : [defaultLadder(asked.risk)]),
    ends: answer.ends,
    extensionsAtMost: answer.extensionsAtMost,
    exceptions: answer.exceptions,
    emergency: answer.emergency,
  };
}

async function targetOf(ports: Pick<Ports, 'configuration'>, demand: TimeDemand, at: Instant): Promise<ClockTarget> {
  const calendar =
    demand.calendar === undefined ? undefined : await ports.configuration.get('calendar', demand.calendar);
  return {
    within: demand.within,
    ...(calendar ? { calendar: pinCalendar(calendar.value, at) } : {}),
    ...(demand.pauseAtMost ? { pauseAtMost: demand.pauseAtMost } : {}),
  };
}

/** The attributes of the beneficiary that the applied rules asked for: what justifies the access. */
export function justification(
  policy: Policy,
  answer: PolicyAnswer,
  attributes: IdentityAttributes,
): IdentityAttributes | undefined {
  const names = policy.rules
    .filter((rule) => answer.rules.includes(rule.id))
    .flatMap((rule) => (rule.when.beneficiary ?? []).filter((test) => test.in !== undefined))
    .map((test) => test.attribute);
  const found = names.flatMap((name) => {
    const value = attributes[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}
