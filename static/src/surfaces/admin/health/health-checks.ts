import type { SettingsView } from '../../../../../src/contract/settings-view';
import { en, fill } from '../../../texts/en';
import type { Moments } from '../../../texts/moments';

/** One line of the health page. */
export interface HealthCheck {
  readonly state: 'ok' | 'attention' | 'broken';
  readonly title: string;
  readonly text?: string;
}

const oldSecretMs = 180 * 86_400_000;
const words = en.admin.health;

/** Whether the app can do its work, from what is configured. */
export function healthChecks(view: SettingsView, now: number, moments: Moments): readonly HealthCheck[] {
  return [...connectors(view, now, moments), directory(view), ...policy(view), ...projects(view)];
}

function connectors(view: SettingsView, now: number, moments: Moments): HealthCheck[] {
  if (view.connectors.length === 0)
    return [{ state: 'broken', title: words.connectorNone, text: words.connectorNoneText }];
  const withSecret = view.connectors.filter((connector) => connector.secret);
  const checks: HealthCheck[] = [];
  if (withSecret.length > 0)
    checks.push({
      state: 'ok',
      title: withSecret.length === 1 ? words.connectorOk : fill(words.connectorsOk, { n: withSecret.length }),
    });
  for (const connector of view.connectors) {
    const age = connector.secret ? now - Date.parse(connector.secret.setAt) : undefined;
    if (age === undefined)
      checks.push({
        state: 'broken',
        title: fill(words.connectorNoSecret, { name: connector.name }),
        text: words.connectorNoSecretText,
      });
    else if (age > oldSecretMs)
      checks.push({
        state: 'attention',
        title: fill(words.connectorOld, { name: connector.name, age: moments.span(age) }),
        text: words.connectorOldText,
      });
  }
  return checks;
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
