import Button from '@atlaskit/button/new';
import type { HealthView } from '../../../../../src/contract/settings-view';
import { adminCalls } from '../../../bridge';
import { FailedCall } from '../../../parts/failed-call';
import { ForeignText } from '../../../parts/foreign-text';
import { useMoments } from '../../../parts/frame-context';
import { IssueLink } from '../../../parts/issue-link';
import { useCommand } from '../../../parts/use-command';
import { en, fill } from '../../../texts/en';

interface Props {
  readonly health: HealthView;
  readonly put: (health: HealthView) => void;
  readonly tell: (text: string) => void;
}

/** What gave up, why and with whom it waits; each can be tried again. */
export function Stuck({ health, put, tell }: Props) {
  const words = en.admin.state.stuck;
  const moments = useMoments();
  const command = useCommand();
  const now = Date.parse(health.now);
  const retry = (item: HealthView['stuck'][number]) =>
    command.run(item.issueId, async () => {
      put(await adminCalls.retryStuck({ issueId: item.issueId }));
      tell(fill(words.retried, { key: item.key }));
      return undefined;
    });
  return (
    <section className="pg-health-part" aria-labelledby="pg-stuck">
      <h3 id="pg-stuck" className="pg-h3">
        {words.title}
      </h3>
      {health.stuck.length === 0 && <p className="pg-subtle">{words.none}</p>}
      {command.failed && <FailedCall error={command.failed.error} at={command.failed.at} urgent />}
      {health.stuck.length > 0 && (
        <>
          <p className="pg-hint">{words.text}</p>
          <div className="pg-table-frame">
            <table className="pg-table">
              <thead>
                <tr>
                  {Object.entries(words.columns).map(([id, column]) => (
                    <th key={id} scope="col">
                      {id === 'action' ? <span className="pg-hidden">{column}</span> : column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {health.stuck.map((item) => (
                  <tr key={`${item.issueId} ${item.what} ${item.since}`}>
                    <th scope="row">{item.what === 'leavers' ? item.key : <IssueLink issueKey={item.key} />}</th>
                    <td>{words.what[item.what]}</td>
                    <td className="pg-nowrap">{moments.soon(item.since, now)}</td>
                    <td className="pg-foreign">{item.problem}</td>
                    <td>
                      <ForeignText>{item.owner}</ForeignText>
                    </td>
                    <td>
                      <Button
                        spacing="compact"
                        isLoading={command.busy === item.issueId}
                        isDisabled={command.busy !== undefined}
                        aria-label={fill(words.retryNamed, { key: item.key })}
                        onClick={() => void retry(item)}
                      >
                        {words.retry}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}
