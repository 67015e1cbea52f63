import type * as v from 'valibot';
import {
  breakerInput,
  exportInput,
  listEntitlementsInput,
  nothing,
  probeConnectorInput,
  retryStuckInput,
  saveCalendarInput,
  saveLeaverKeyInput,
  saveLadderInput,
  saveRotaInput,
  saveCatalogueEntryInput,
  saveConnectorInput,
  savePolicyInput,
  saveProjectInput,
  saveSiteInput,
  type connectorInput,
} from '../../contract/inputs';
import type { ConnectorView, HealthView, SecretView, SettingsView } from '../../contract/settings-view';
import type { Connector, ConnectorAuth, ConnectorKind, SecretFacts } from '../../domain/connector';
import { connectorKinds, connectorProblems, ownOrigin } from '../../domain/connector-kinds';
import { secretAge, secretEnds, secretRule, type SecretRule } from '../../domain/connector-secret';
import { privilegedLadder, standardLadder } from '../../domain/escalation/ladder';
import { sweepLate } from '../../domain/heartbeat';
import { parseInstant, type Instant } from '../../domain/instant';
import { exportAudit, type ExportProgress } from '../../usecases/export-audit';
import { decideBreaker } from '../../usecases/decide-breaker';
import { retryStuck } from '../../usecases/retry-stuck';
import { saveCalendar } from '../../usecases/save-calendar';
import { saveLadder } from '../../usecases/save-ladder';
import { saveLeaverKey } from '../../usecases/save-leaver-key';
import { saveRota } from '../../usecases/save-rota';
import { showHealth } from '../../usecases/show-health';
import type { GivenSecrets } from '../../usecases/ports';
import { probeConnector } from '../../usecases/probe-connector';
import { saveCatalogueEntry } from '../../usecases/save-catalogue-entry';
import { saveConnector } from '../../usecases/save-connector';
import { savePolicy } from '../../usecases/save-policy';
import { saveProject } from '../../usecases/save-project';
import { saveSite } from '../../usecases/save-site';
import { showDigestState } from '../../usecases/show-digest-state';
import { defined } from './defined';
import { Failure } from '../failure';
import { resolverFunction, type Backend } from './resolver';

/** What the admin page can call. Everything here needs the Jira administrator, asked of Jira on every call. */
export const adminFunctions = {
  getSettings: resolverFunction({
    needs: 'jira-admin',
    input: nothing,
    async run({ ports }): Promise<SettingsView> {
      const [connectors, catalogue, projects, calendars, ladders, rotas, keys, policy, site, digest, sweep] =
        await Promise.all([
          ports.configuration.list('connector'),
          ports.configuration.list('catalogue'),
          ports.configuration.list('project'),
          ports.configuration.list('calendar'),
          ports.configuration.list('ladder'),
          ports.configuration.list('rota'),
          ports.configuration.list('integration-key'),
          ports.configuration.get('policy', 'current'),
          ports.configuration.get('site', 'current'),
          showDigestState(ports),
          ports.heartbeat.last(),
        ]);
      const rule = secretRule(site?.value);
      return {
        connectorKinds: Object.entries(connectorKinds).map(([kind, rule]) => ({
          kind: kind as ConnectorKind,
          ...rule,
        })),
        secretRule: rule,
        connectors: connectors.map(({ rev, value }) => ({ rev, ...connectorView(value, rule, ports.clock.now()) })),
        catalogue: catalogue.map(({ rev, value }) => ({ rev, ...value })),
        projects: projects.map(({ rev, value }) => ({ rev, ...value })),
        ...(policy ? { policy: { rev: policy.rev, ...policy.value } } : {}),
        calendars: calendars.map(({ rev, value }) => ({ rev, ...value })),
        ladders: ladders.map(({ rev, value }) => ({ rev, ...value })),
        rotas: rotas.map(({ rev, value }) => ({ rev, ...value })),
        leaverKeys: keys.flatMap(({ rev, value: { id, secret } }) => (secret ? [{ rev, keyId: id, ...secret }] : [])),
        defaultLadders: [standardLadder, privilegedLadder],
        ...(sweep ? { lastSweep: sweep.pulse.at } : {}),
        sweepLate: sweepLate(sweep?.pulse.at, ports.clock.now()),
        ...(site ? { site: { rev: site.rev, ...site.value } } : {}),
        digest,
        now: ports.clock.now(),
      };
    },
  }),

  saveConnector: resolverFunction({
    needs: 'jira-admin',
    input: saveConnectorInput,
    async run(backend, { accountId }, input) {
      const connector = checked(backend, input.connector);
      const result = await saveConnector(backend.ports, {
        connector,
        expectedRev: input.expectedRev,
        accountId,
        secrets: given(input),
      });
      return accepted(result);
    },
  }),

  probeConnector: resolverFunction({
    needs: 'jira-admin',
    input: probeConnectorInput,
    async run(backend, _granted, input) {
      const connector = checked(backend, input.connector);
      return { steps: await probeConnector(backend.ports, { connector, secrets: given(input) }) };
    },
  }),

  listEntitlements: resolverFunction({
    needs: 'jira-admin',
    input: listEntitlementsInput,
    async run({ ports }, _granted, input) {
      const connector = (await ports.configuration.get('connector', input.connectorId))?.value;
      if (!connector) throw new Failure('not-found', 'This connector does not exist.');
      const found = await ports.targets
        .open(connector, { timeMs: 15_000, bytes: 2 * 1024 * 1024, calls: 30 })
        .entitlements(500);
      if ('failure' in found)
        throw new Failure('unavailable', `The target could not be read (${found.failure}). Test the connector.`);
      return found;
    },
  }),

  saveCatalogueEntry: resolverFunction({
    needs: 'jira-admin',
    input: saveCatalogueEntryInput,
    async run({ ports }, { accountId }, input) {
      const result = await saveCatalogueEntry(ports, {
        entry: defined(input.entry),
        expectedRev: input.expectedRev,
        accountId,
      });
      if (result.saved === 'no-connector')
        throw new Failure('not-found', 'The connector of this entry does not exist.');
      return accepted(result);
    },
  }),

  savePolicy: resolverFunction({
    needs: 'jira-admin',
    input: savePolicyInput,
    async run({ ports }, { accountId }, input) {
      return saved(
        await savePolicy(ports, { policy: defined(input.policy), expectedRev: input.expectedRev, accountId }),
      );
    },
  }),

  saveProject: resolverFunction({
    needs: 'jira-admin',
    input: saveProjectInput,
    async run({ ports }, { accountId }, input) {
      return saved(
        await saveProject(ports, { mapping: defined(input.mapping), expectedRev: input.expectedRev, accountId }),
      );
    },
  }),

  saveCalendar: resolverFunction({
    needs: 'jira-admin',
    input: saveCalendarInput,
    async run({ ports }, { accountId }, input) {
      const { calendar, expectedRev } = input;
      return accepted(await saveCalendar(ports, { calendar, expectedRev, accountId }));
    },
  }),

  saveLadder: resolverFunction({
    needs: 'jira-admin',
    input: saveLadderInput,
    async run({ ports }, { accountId }, input) {
      const { ladder, expectedRev } = input;
      return accepted(await saveLadder(ports, { ladder, expectedRev, accountId }));
    },
  }),

  saveRota: resolverFunction({
    needs: 'jira-admin',
    input: saveRotaInput,
    async run({ ports }, { accountId }, input) {
      const { expectedRev } = input;
      const rota = {
        ...input.rota,
        startsAt: utc(input.rota.startsAt),
        overrides: input.rota.overrides.map((o) => ({ ...o, from: utc(o.from), to: utc(o.to) })),
      };
      return accepted(await saveRota(ports, { rota, expectedRev, accountId }));
    },
  }),

  saveLeaverKey: resolverFunction({
    needs: 'jira-admin',
    input: saveLeaverKeyInput,
    async run({ ports }, { accountId }, input) {
      return accepted(await saveLeaverKey(ports, { ...defined(input), accountId }));
    },
  }),

  getLeaversAddress: resolverFunction({
    needs: 'jira-admin',
    input: nothing,
    run: async ({ ports }) => ({ url: await ports.webAddresses.leavers() }),
  }),

  getHealth: resolverFunction({
    needs: 'jira-admin',
    input: nothing,
    run: ({ ports }): Promise<HealthView> => showHealth(ports),
  }),

  decideBreaker: resolverFunction({
    needs: 'jira-admin',
    input: breakerInput,
    async run({ ports }, { accountId }, input): Promise<HealthView> {
      await decideBreaker(ports, { breaker: input.breaker, decision: input.decision, accountId });
      return showHealth(ports);
    },
  }),

  retryStuck: resolverFunction({
    needs: 'jira-admin',
    input: retryStuckInput,
    async run({ ports }, _granted, input): Promise<HealthView> {
      await retryStuck(ports, { issueId: input.issueId });
      return showHealth(ports);
    },
  }),

  saveSite: resolverFunction({
    needs: 'jira-admin',
    input: saveSiteInput,
    async run({ ports }, { accountId }, input) {
      const result = await saveSite(ports, {
        site: defined(input.site),
        expectedRev: input.expectedRev,
        accountId,
      });
      if (result.saved === 'no-issue')
        throw new Failure('not-found', 'The anchor issue does not exist, or the app may not see it.');
      if (result.saved === 'address-refused')
        throw new Failure('address-refused', `The anchor address is not acceptable: ${result.why}`);
      return accepted(result);
    },
  }),

  exportAudit: resolverFunction({
    needs: 'jira-admin',
    input: exportInput,
    async run({ ports }, _granted, input) {
      const { lines, next } = await exportAudit(ports, input.cursor ? readCursor(input.cursor) : undefined);
      return { lines, ...(next ? { cursor: JSON.stringify(next) } : {}) };
    },
  }),
};

/** A connector with how old its secrets are. */
function connectorView(
  { secret, writeSecret, ...connector }: Connector,
  rule: SecretRule,
  now: Instant,
): Omit<ConnectorView, 'rev'> {
  const shown = (facts: SecretFacts): SecretView => {
    const endsAt = secretEnds(facts, rule);
    return { ...facts, age: secretAge(facts, rule, now), ...(endsAt === undefined ? {} : { endsAt }) };
  };
  return {
    ...connector,
    ...(secret ? { secret: shown(secret) } : {}),
    ...(writeSecret ? { writeSecret: shown(writeSecret) } : {}),
  };
}

/** Where an export stands is the caller's own claim: a false one only spoils the caller's own export. */
function readCursor(text: string): ExportProgress {
  try {
    const value = JSON.parse(text) as Partial<ExportProgress>;
    if (
      typeof value.lines === 'number' &&
      typeof value.running === 'string' &&
      typeof value.heads === 'object' &&
      value.heads !== null
    )
      return value as ExportProgress;
  } catch {
    // Told below, like every other cursor that is none.
  }
  throw new Failure('invalid-input', 'This export cannot be continued. Start it again.');
}

/** A connector with canonical addresses, or a refusal that says what is wrong with it. */
function checked(
  backend: Backend,
  input: v.InferOutput<typeof connectorInput>,
): Omit<Connector, 'secret' | 'writeSecret'> {
  const { auth, writeAuth, settings, accountMatch, ...rest } = input;
  const noAddress = connectorKinds[input.kind].address.kind === 'none';
  const base = noAddress ? ownAddress(input) : canonical(backend, input.baseUrl, 'base URL');
  const connector = {
    ...rest,
    auth: canonicalAuth(backend, auth),
    ...(writeAuth ? { writeAuth: canonicalAuth(backend, writeAuth) } : {}),
    ...(settings ? { settings: defined(settings) } : {}),
    ...(accountMatch ? { accountMatch } : {}),
    baseUrl: base.url,
    origin: base.origin,
  };
  const problems = connectorProblems(connector);
  if (problems.length > 0) throw new Failure('invalid-input', problems.join(' '));
  return connector;
}

function ownAddress({ kind, id }: Pick<Connector, 'kind' | 'id'>): { readonly url: string; readonly origin: string } {
  const own = ownOrigin(kind, id);
  return { url: own, origin: own };
}

function canonical(backend: Backend, text: string, what: string): { readonly url: string; readonly origin: string } {
  const address = backend.ports.targets.address(text);
  if (!address.ok) throw new Failure('address-refused', `The ${what} is not acceptable: ${address.why}`);
  return address;
}

function canonicalAuth(backend: Backend, auth: v.InferOutput<typeof connectorInput>['auth']): ConnectorAuth {
  if (!('tokenUrl' in auth)) return auth;
  return defined({ ...auth, tokenUrl: canonical(backend, auth.tokenUrl, 'token URL').url });
}

/** The secrets that came along. */
function given(input: {
  readonly secret?: string | undefined;
  readonly writeSecret?: string | undefined;
}): GivenSecrets {
  return {
    ...(input.secret ? { read: input.secret } : {}),
    ...(input.writeSecret ? { write: input.writeSecret } : {}),
  };
}

/** The same instant with `Z` and milliseconds, the only form in which instants compare as text. */
function utc(text: string): string {
  const instant = parseInstant(text);
  if (instant === undefined)
    throw new Failure('invalid-input', 'Give instants with a time zone, such as 2027-01-31T09:00:00Z.');
  return instant;
}

function accepted(
  result:
    | { readonly saved: boolean; readonly rev?: number }
    | { readonly saved: 'refused'; readonly problems: readonly string[] },
): { rev: number } {
  if (result.saved === 'refused' && 'problems' in result) throw new Failure('invalid-input', result.problems.join(' '));
  return saved(result as { readonly saved: boolean; readonly rev?: number });
}

function saved(result: { readonly saved: boolean; readonly rev?: number }): { rev: number } {
  if (!result.saved || result.rev === undefined) {
    throw new Failure(
      'conflict',
      'Somebody else saved this meanwhile. Nothing was overwritten; reload to see their version.',
    );
  }
  return { rev: result.rev };
}
