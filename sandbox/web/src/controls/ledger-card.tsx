/** Every call that the app made to the platform, with what it costs there. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { Pending } from '../shell/notice';
import { get } from '../site/http';
import { useLoaded } from '../site/use-loaded';

interface Call {
  n: number;
  module: string;
  kind: string;
  method: string;
  path: string;
  status: number;
  points: number;
  readUnits: number;
  writeUnits: number;
}

const SHOWN = 100;
const KINDS = ['all', 'jira', 'kvs', 'egress', 'queue', 'graphql'];

export function LedgerCard() {
  const [since, setSince] = useState(1);
  const [kind, setKind] = useState('all');
  const { value, error } = useLoaded(
    () => get<{ next: number; calls: Call[] }>(`/sandbox/ledger?since=${since}`),
    `ledger ${since}`,
    3000,
  );
  const calls = (value?.calls ?? []).filter((call) => kind === 'all' || call.kind === kind);
  const sum = (pick: (call: Call) => number) => calls.reduce((total, call) => total + pick(call), 0);
  return (
    <section className="card controls__wide" aria-labelledby="ledger-heading">
      <div className="card__head">
        <h2 id="ledger-heading" className="card__title">
          Ledger of the app’s calls
        </h2>
        <Button spacing="compact" isDisabled={!value} onClick={() => setSince(value?.next ?? 1)}>
          Count from here
        </Button>
      </div>
      {!value ? (
        <Pending error={error} />
      ) : (
        <>
          <div className="controls__row">
            <div role="group" aria-label="Kind of call" className="controls__chips">
              {KINDS.map((one) => (
                <button
                  key={one}
                  type="button"
                  className="chip"
                  aria-pressed={kind === one}
                  onClick={() => setKind(one)}
                >
                  {one}
                </button>
              ))}
            </div>
            <dl className="totals">
              <div>
                <dt>Calls</dt>
                <dd>{calls.length}</dd>
              </div>
              <div>
                <dt>Jira points</dt>
                <dd>{sum((call) => call.points)}</dd>
              </div>
              <div>
                <dt>Storage reads</dt>
                <dd>{sum((call) => call.readUnits)}</dd>
              </div>
              <div>
                <dt>Storage writes</dt>
                <dd>{sum((call) => call.writeUnits)}</dd>
              </div>
            </dl>
          </div>
          {calls.length === 0 ? (
            <p className="subtle">No call yet.</p>
          ) : (
            <div className="table-box controls__ledger" tabIndex={0} role="region" aria-label="Calls">
              <table className="table table--dense">
                <thead>
                  <tr>
                    <th scope="col">#</th>
                    <th scope="col">Module</th>
                    <th scope="col">Kind</th>
                    <th scope="col">Call</th>
                    <th scope="col" className="table__number">
                      Status
                    </th>
                    <th scope="col" className="table__number">
                      Points
                    </th>
                    <th scope="col" className="table__number">
                      Reads
                    </th>
                    <th scope="col" className="table__number">
                      Writes
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {calls
                    .slice(-SHOWN)
                    .reverse()
                    .map((call) => (
                      <tr key={call.n}>
                        <td className="subtle">{call.n}</td>
                        <td className="nowrap">{call.module.split('/').at(-1)}</td>
                        <td className="nowrap">{call.kind}</td>
                        <td className="table__path">
                          {call.method} {call.path}
                        </td>
                        <td className="table__number">{call.status}</td>
                        <td className="table__number">{call.points || ''}</td>
                        <td className="table__number">{call.readUnits || ''}</td>
                        <td className="table__number">{call.writeUnits || ''}</td>
                      </tr>
                    ))}
                </tbody>
              </table>
            </div>
          )}
          {calls.length > SHOWN && <p className="subtle">The latest {SHOWN} are shown.</p>}
        </>
      )}
    </section>
  );
}
