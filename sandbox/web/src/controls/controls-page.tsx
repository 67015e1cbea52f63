/** What only a sandbox can do: move time, break things, look at what the app did. */
import Button, { LinkButton } from '@atlaskit/button/new';
import { DownloadIcon } from '../shell/icons';
import { useFlags } from '../shell/flags';
import { post } from '../site/http';
import { BypassCard } from './bypass-card';
import { FaultsCard } from './faults-card';
import { LedgerCard } from './ledger-card';
import { TimeCard } from './time-card';
import './controls.css';

export function ControlsPage() {
  const flags = useFlags();
  const settle = async () => {
    try {
      await post('/sandbox/settle', {});
      flags.show({ type: 'success', title: 'Everything that was due is done' });
    } catch (error) {
      flags.show({ type: 'error', title: 'Settling failed', description: (error as Error).message });
    }
  };
  return (
    <main id="main" className="page">
      <h1 className="page-title">Sandbox controls</h1>
      <div className="controls">
        <div className="controls__column">
          <TimeCard />
          <section className="card" aria-labelledby="work-heading">
            <h2 id="work-heading" className="card__title">
              Work and audit
            </h2>
            <p>Events and queues run by themselves. Settle waits until what is due now is done.</p>
            <div className="controls__row">
              <Button onClick={() => void settle()}>Settle</Button>
              <LinkButton href="/sandbox/export" iconBefore={DownloadIcon} {...{ download: 'audit.jsonl' }}>
                Download audit export
              </LinkButton>
            </div>
            <p className="subtle">
              Check the file with <code>npm run verify-export audit.jsonl</code>.
            </p>
          </section>
          <BypassCard />
        </div>
        <FaultsCard />
        <LedgerCard />
      </div>
    </main>
  );
}
