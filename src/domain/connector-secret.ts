import type { Connector, ConnectorAuth, SecretFacts, SecretPurpose } from './connector';
import { epochMs, later, requireDurationMs, type Duration, type Instant } from './instant';
import type { SiteSettings } from './site-settings';

/** How old the secrets of connectors may become, and how long before that somebody is reminded. */
export interface SecretRule {
  readonly maxAge: Duration;
  readonly remindBefore: Duration;
}

/** `too-old` from the very instant at which the age is reached: nothing is read with the secret any more. */
export type SecretAge = 'fresh' | 'rotate-soon' | 'too-old';

/** What holds on a site that has said nothing. */
export const defaultSecretRule: SecretRule = { maxAge: 'P180D', remindBefore: 'P14D' };

const dayMs = 86_400_000;
const longestMs = 730 * dayMs;

/** The rule of a site. Where only the age is set, the reminder comes in good time for it: 14 days before, or at half of it. */
export function secretRule(site: SiteSettings | undefined): SecretRule {
  const maxAge = site?.secretMaxAge ?? defaultSecretRule.maxAge;
  const half = Math.floor(requireDurationMs(maxAge) / 2_000);
  const usual = Math.min(requireDurationMs(defaultSecretRule.remindBefore) / 1_000, half);
  return { maxAge, remindBefore: site?.secretRemindBefore ?? `PT${usual}S` };
}

/** What is wrong with the rule of a site, as sentences for the admin. */
export function secretRuleProblems(site: SiteSettings): readonly string[] {
  const { maxAge, remindBefore } = secretRule(site);
  const [age, reminder] = [requireDurationMs(maxAge), requireDurationMs(remindBefore)];
  return [
    ...(age < dayMs || age > longestMs ? ['Secrets may live for one day at least and two years at most.'] : []),
    ...(reminder >= age ? ['The reminder has to come before the secret is too old.'] : []),
  ];
}

/** When a secret becomes too old. Undefined when nobody can say how old it is. */
export function secretEnds(secret: Pick<SecretFacts, 'setAt'>, rule: SecretRule): Instant | undefined {
  return Number.isNaN(epochMs(secret.setAt)) ? undefined : later(secret.setAt, requireDurationMs(rule.maxAge));
}

/** How old a secret is. One whose age nobody can say is too old. */
export function secretAge(secret: Pick<SecretFacts, 'setAt'>, rule: SecretRule, now: Instant): SecretAge {
  const ends = secretEnds(secret, rule);
  if (ends === undefined || now >= ends) return 'too-old';
  return now >= later(ends, -requireDurationMs(rule.remindBefore)) ? 'rotate-soon' : 'fresh';
}

/** The secrets of a connector that have to be renewed, the reading one first. */
export function secretsToRenew(
  connector: Pick<Connector, 'secret' | 'writeSecret'>,
  rule: SecretRule,
  now: Instant,
): ReadonlyArray<{
  readonly purpose: SecretPurpose;
  readonly secret: SecretFacts;
  readonly age: 'rotate-soon' | 'too-old';
}> {
  const stored: ReadonlyArray<readonly [SecretPurpose, SecretFacts | undefined]> = [
    ['read', connector.secret],
    ['write', connector.writeSecret],
  ];
  return stored.flatMap(([purpose, secret]) => {
    const age = secret && secretAge(secret, rule, now);
    return secret === undefined || age === undefined || age === 'fresh' ? [] : [{ purpose, secret, age }];
  });
}

/**
 * The stored secret of a connector that is about to look otherwise, if it would still be sent exactly where it was meant to
 * go, in the same way: same origin, same way to sign in, same token endpoint and client. Scopes do not matter.
 */
export function keptSecret(
  before: Connector,
  now: Omit<Connector, 'secret' | 'writeSecret'>,
  purpose: SecretPurpose,
): SecretFacts | undefined {
  const stored = purpose === 'write' ? before.writeSecret : before.secret;
  const same = before.kind === now.kind && sameWay(authFor(before, purpose), authFor(now, purpose));
  return same && stored?.origin === now.origin ? stored : undefined;
}

function authFor(connector: Pick<Connector, 'auth' | 'writeAuth'>, purpose: SecretPurpose): ConnectorAuth {
  return (purpose === 'write' ? connector.writeAuth : undefined) ?? connector.auth;
}

function sameWay(before: ConnectorAuth, now: ConnectorAuth): boolean {
  const { scope: _before, ...was } = before as ConnectorAuth & { readonly scope?: string };
  const { scope: _now, ...is } = now as ConnectorAuth & { readonly scope?: string };
  const names = new Set([...Object.keys(was), ...Object.keys(is)]) as Set<keyof typeof was>;
  return [...names].every((name) => was[name] === is[name]);
}
