import type { Connector, SecretPurpose } from '../../domain/connector';
import { secretEnds, secretRule, secretsToRenew, type SecretRule } from '../../domain/connector-secret';
import type { Instant } from '../../domain/instant';
import { minuteText } from '../../domain/instant-words';
import type { SiteSettings } from '../../domain/site-settings';
import type { Ports } from '../ports';

/**
 * Tells governance which secrets of connectors have to be renewed: once before each is too old, and once when it is. Sites
 * without a governance project see it on the admin page only.
 * @returns when it was done; undefined when it has to be tried again
 */
export async function remindOfSecrets(ports: Ports, now: Instant): Promise<Instant | undefined> {
  try {
    const site = (await ports.configuration.get('site', 'current'))?.value;
    if (site?.governanceProjectKey === undefined) return now;
    const rule = secretRule(site);
    for (const { value: connector } of await ports.configuration.list('connector'))
      for (const found of secretsToRenew(connector, rule, now)) await tell(ports, site, connector, rule, found);
    return now;
  } catch (error) {
    ports.log.note('secret-reminder-failed', { error: error instanceof Error ? error.name : 'unknown' });
    return undefined;
  }
}

const uses: Readonly<Record<SecretPurpose, string>> = { read: 'reads', write: 'writes' };

async function tell(
  ports: Ports,
  site: SiteSettings,
  connector: Connector,
  rule: SecretRule,
  { purpose, secret, age }: ReturnType<typeof secretsToRenew>[number],
): Promise<void> {
  const ends = secretEnds(secret, rule);
  const until = ends === undefined ? '' : ` ${age === 'too-old' ? 'since' : 'from'} ${minuteText(ends)} on`;
  const what = `The secret with which Proofgate ${uses[purpose]} ${connector.name} (fingerprint ${secret.fingerprint})`;
  const raised = await ports.issues.raise({
    // Found by this before it is made again: one issue for each secret and each of its two states.
    marker: `secret.${connector.id}.${purpose}.${secret.fingerprint}.${age}`,
    projectKey: site.governanceProjectKey ?? '',
    type: { issueType: site.governanceIssueType ?? 'Task' },
    summary:
      `${age === 'too-old' ? 'The secret of' : 'Renew the secret of'} ${connector.name}${age === 'too-old' ? ' is too old' : ''}`.slice(
        0,
        250,
      ),
    description:
      age === 'too-old'
        ? `${what} is older than this site allows and is not used${until}: nothing can be proven there. Make a new one in the target and enter it under Connectors.`
        : `${what} is not used any more${until}. Make a new one in the target and enter it under Connectors.`,
    fields: {},
  });
  if ('refused' in raised) ports.log.note('governance-request-refused', { connector: connector.id });
}
