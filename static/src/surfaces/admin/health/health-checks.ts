import type { SecretView, SettingsView } from '../../../../../src/contract/settings-view';
import { en, fill } from '../../../texts/en';
import type { Moments } from '../../../texts/moments';

/** One line of the health page. */
export interface HealthCheck {
  readonly state: 'ok' | 'attention' | 'broken';
  readonly title: string;
  readonly text?: string;
}

const words = en.admin.health;

/** Whether the app can do its work, from what is configured. */
export function healthChecks(view: SettingsView, now: number, moments: Moments): readonly HealthCheck[] {
  return [...connectors(view, now, moments), directory(view), ...policy(view), ...projects(view)];
}

function connectors(view: SettingsView, now: number, moments: Moments): HealthCheck[] {
  if (view.connectors.length === 0)
    return [{ state: 'broken', title: words.connectorNone, text: words.connectorNoneText }];
  const readable = view.connectors.filter(({ secret, auth }) => auth.kind === 'none' || secret?.age === 'fresh');
  const checks: HealthCheck[] = [];
  if (readable.length > 0)
    checks.push({
      state: 'ok',
      title: readable.length === 1 ? words.connectorOk : fill(words.connectorsOk, { n: readable.length }),
    });
  for (const connector of view.connectors) {
    const { name, secret, writeSecret, auth, write } = connector;
    if (!secret && auth.kind !== 'none')
      checks.push({
        state: 'broken',
        title: fill(words.connectorNoSecret, { name }),
        text: words.connectorNoSecretText,
      });
    if (secret) checks.push(...age(view, name, 'read', secret, now, moments));
    if (writeSecret) checks.push(...age(view, name, 'write', writeSecret, now, moments));
    else if (write)
      checks.push({
        state: 'attention',
        title: fill(words.connectorNoWriteSecret, { name }),
        text: words.connectorNoWriteSecretText,
      });
  }
  return checks;
}

function age(
  view: SettingsView,
  name: string,
  purpose: 'read' | 'write',
  secret: SecretView,
  now: number,
  moments: Moments,
): HealthCheck[] {
  const use = words.connectorUse[purpose];
  if (secret.age === 'too-old')
    return [
      {
        state: purpose === 'read' ? 'broken' : 'attention',
        title: fill(words.connectorTooOld, { name, use }),
        text: fill(words.connectorTooOldText, {
          age: moments.span(now - Date.parse(secret.setAt)),
          most: moments.duration(view.secretRule.maxAge),
        }),
      },
    ];
  if (secret.age === 'rotate-soon')
    return [
      {
        state: 'attention',
        title: fill(words.connectorSoon, { name, use, date: secret.endsAt ? moments.date(secret.endsAt) : '' }),
        text: words.connectorSoonText,
      },
    ];
  return [];
}

function directory(view: SettingsView): HealthCheck {
  const found = view.connectors.find((connector) => connector.directory);
  return found
    ? { state: 'ok', title: fill(words.directoryOk, { name: found.name }) }
    : { state: 'broken', title: words.directoryNone, text: words.directoryNoneText };
}

function policy({ policy: stored }: SettingsView): HealthCheck[] {
  if (!stored || stored.rules.length === 0)
    return [{ state: 'broken', title: words.policyNone, text: words.policyNoneText }];
  const checks: HealthCheck[] = [
    { state: 'ok', title: fill(words.policyOk, { version: stored.version, n: stored.rules.length }) },
  ];
  if (stored.governanceOwnerIds.length === 0)
    checks.push({ state: 'attention', title: words.governanceNone, text: words.governanceNoneText });
  return checks;
}

function projects(view: SettingsView): HealthCheck[] {
  if (view.projects.length === 0) return [{ state: 'broken', title: words.projectsNone, text: words.projectsNoneText }];
  const mild = view.projects.filter((project) => project.enforcement.some((line) => line.mode !== 'enforce'));
  return [
    {
      state: 'ok',
      title: fill(words.projectsOk, { keys: view.projects.map((project) => project.projectKey).join(', ') }),
    },
    ...mild.map((project): HealthCheck => ({
      state: 'attention',
      title: fill(words.projectsMild, { key: project.projectKey }),
      text: words.projectsMildText,
    })),
  ];
}
