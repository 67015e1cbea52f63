import Button from '@atlaskit/button/new';
import type { ConnectorView } from '../../../../../src/contract/settings-view';
import { ForeignText } from '../../../parts/foreign-text';
import { useMoments } from '../../../parts/frame-context';
import { StateMark } from '../../../parts/state-mark';
import { ToneIcon } from '../../../parts/tone-icon';
import { useAppNow } from '../../../parts/use-app-now';
import { en } from '../../../texts/en';
import type { Settings } from '../settings';
import { connectorOf, draftOf } from './connector-draft';
import { ProbeResult } from './probe-result';
import { secretWords } from './secret-words';
import { useProbe } from './use-probe';

/** One connected target: what the app may do there, how old its secret is, and the live test. */
export function ConnectorCard({
  connector,
  settings,
  edit,
}: {
  connector: ConnectorView;
  settings: Settings;
  edit: () => void;
}) {
  const moments = useMoments();
  const words = en.admin.connectors;
  const now = useAppNow(settings.view.now, settings.at);
  const secret = secretWords(connector, now, moments);
  const probe = useProbe();
  return (
    <section className="pg-card" aria-label={connector.name}>
      <div className="pg-card-head">
        <div>
          <h3 className="pg-h3">
            <ForeignText>{connector.name}</ForeignText>
          </h3>
          <p className="pg-subtle">
            <ForeignText>{connector.baseUrl}</ForeignText>
          </p>
        </div>
        <div className="pg-actions">
          <Button
            onClick={() => void probe.run(connectorOf(draftOf(connector), []))}
            isLoading={probe.command.busy !== undefined}
            aria-label={`${probe.steps ? words.testAgain : words.test} ${connector.name}`}
          >
            {probe.steps ? words.testAgain : words.test}
          </Button>
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
        <li className="pg-subtle">{connector.auth.kind === 'bearer' ? words.bearer : words.oauth2}</li>
        <li>
          <ToneIcon tone={!secret ? 'danger' : secret.old ? 'warning' : 'success'} small />{' '}
          {secret?.text ?? words.secretMissing}
          {secret?.old && <span className="pg-subtle"> {words.secretOld}</span>}
        </li>
      </ul>
      <ProbeResult
        probe={probe}
        name={connector.name}
        id={connector.id}
        addresses={[connector.baseUrl, ...(connector.auth.kind === 'oauth2' ? [connector.auth.tokenUrl] : [])]}
      />
    </section>
  );
}
