import Button from '@atlaskit/button/new';
import type { ConnectorView } from '../../../../../src/contract/settings-view';
import { ForeignText } from '../../../parts/foreign-text';
import { StateMark } from '../../../parts/state-mark';
import { useAppNow } from '../../../parts/use-app-now';
import { en } from '../../../texts/en';
import type { Settings } from '../settings';
import { AddressApproval } from './address-approval';
import type { Approvals } from './approve-address';
import { addressesOf, connectorOf, draftOf, originOf } from './connector-draft';
import { ProbeResult } from './probe-result';
import { SecretLine } from './secret-line';
import { needsSecret } from './sign-in-ways';
import { useProbe } from './use-probe';

interface Props {
  readonly connector: ConnectorView;
  readonly settings: Settings;
  readonly approvals: Approvals;
  readonly edit: () => void;
}

/** One connected target: what the app may do there, how old its secrets are, and the live test. */
export function ConnectorCard({ connector, settings, approvals, edit }: Props) {
  const words = en.admin.connectors;
  const now = useAppNow(settings.view.now, settings.at);
  const probe = useProbe();
  const rule = settings.view.connectorKinds.find(({ kind }) => kind === connector.kind);
  const called = rule?.address.kind !== 'none';
  const addresses = called ? addressesOf(connector) : [];
  const origins = [...new Set(addresses.flatMap((address) => originOf(address) ?? []))];
  const notApproved = approvals.missing(origins) ?? [];
  const reload = () => void approvals.reload();
  return (
    <section className="pg-card" aria-label={connector.name}>
      <div className="pg-card-head">
        <div>
          <h3 className="pg-h3">
            <ForeignText>{connector.name}</ForeignText>
          </h3>
          <p className="pg-subtle">
            {rule?.label ?? connector.kind}
            {called && (
              <>
                {' · '}
                <ForeignText>{connector.baseUrl}</ForeignText>
              </>
            )}
          </p>
        </div>
        <div className="pg-actions">
          {rule && called && (
            <Button
              onClick={() => void probe.run(connectorOf(draftOf(connector), rule, []))}
              isLoading={probe.command.busy !== undefined}
              aria-label={`${probe.steps ? words.testAgain : words.test} ${connector.name}`}
            >
              {probe.steps ? words.testAgain : words.test}
            </Button>
          )}
          <Button appearance="subtle" onClick={edit} aria-label={`${en.common.edit} ${connector.name}`}>
            {en.common.edit}
          </Button>
        </div>
      </div>
      <ul className="pg-inline-list">
        <li>
          <StateMark tone={connector.write ? 'warning' : 'information'}>
            {connector.write ? words.writes : words.reads}
          </StateMark>
        </li>
        {connector.directory && (
          <li>
            <StateMark tone="information">{words.isDirectory}</StateMark>
          </li>
        )}
        {notApproved.length > 0 && (
          <li>
            <StateMark tone="danger">{words.notApproved}</StateMark>
          </li>
        )}
        {rule && <li className="pg-subtle">{rule.capabilities.effective ? words.can.effective : words.can.direct}</li>}
      </ul>
      <dl className="pg-secret-lines">
        <dt>{words.auth}</dt>
        <dd>{words.auths[connector.auth.kind]}</dd>
        {needsSecret(connector.auth.kind) && <SecretLine secret={connector.secret} purpose="read" now={now} />}
        {(connector.write || connector.writeSecret) && (
          <SecretLine secret={connector.writeSecret} purpose="write" now={now} />
        )}
      </dl>
      {notApproved.length > 0 && !probe.steps && (
        <AddressApproval
          key={notApproved.join(' ')}
          origins={origins}
          group={connector.id}
          name={connector.name}
          approved={reload}
        />
      )}
      <ProbeResult probe={probe} name={connector.name} id={connector.id} addresses={addresses} approved={reload} />
    </section>
  );
}
