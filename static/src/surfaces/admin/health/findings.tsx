import type { HealthView } from '../../../../../src/contract/settings-view';
import { ForeignText } from '../../../parts/foreign-text';
import { useMoments } from '../../../parts/frame-context';
import { IssueLink } from '../../../parts/issue-link';
import { useAppNow } from '../../../parts/use-app-now';
import { en, fill } from '../../../texts/en';
import { HealthLine } from './health-line';

/** Gates that the workflow lost, requests that went around them, and exceptions by their end. */
export function Findings({ health, at }: { health: HealthView; at: number }) {
  const words = en.admin.state;
  const moments = useMoments();
  const now = useAppNow(health.now, at);
  const exceptions = [...health.exceptions].sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1));
  return (
    <>
      <section className="pg-health-part" aria-labelledby="pg-workflow">
        <h3 id="pg-workflow" className="pg-h3">
          {words.workflow.title}
        </h3>
        {health.workflow.length === 0 && <p className="pg-subtle">{words.workflow.none}</p>}
        <ul className="pg-health">
          {health.workflow.map((project) => (
            <HealthLine
              key={project.projectKey}
              tone={project.problems.length > 0 ? 'danger' : 'success'}
              title={fill(project.problems.length > 0 ? words.workflow.lost : words.workflow.ok, {
                key: project.projectKey,
              })}
            >
              {project.problems.map((problem, index) => (
                <p key={index} className="pg-foreign">
                  {problem}
                </p>
              ))}
              <p className="pg-subtle">
                {fill(words.workflow.checked, { ago: moments.span(Math.max(0, now - Date.parse(project.checkedAt))) })}
              </p>
            </HealthLine>
          ))}
        </ul>
      </section>
      <section className="pg-health-part" aria-labelledby="pg-bypasses">
        <h3 id="pg-bypasses" className="pg-h3">
          {words.bypasses.title}
        </h3>
        {health.bypasses.length === 0 && <p className="pg-subtle">{words.bypasses.none}</p>}
        <ul className="pg-health">
          {health.bypasses.map((bypass) => (
            <HealthLine
              key={`${bypass.key} ${bypass.at}`}
              tone="warning"
              title={
                <>
                  <IssueLink issueKey={bypass.key} /> <span className="pg-regular">{moments.soon(bypass.at, now)}</span>
                </>
              }
            >
              <p className="pg-foreign">{bypass.text}</p>
            </HealthLine>
          ))}
        </ul>
      </section>
      <section className="pg-health-part" aria-labelledby="pg-open-exceptions">
        <h3 id="pg-open-exceptions" className="pg-h3">
          {words.exceptions.title}
        </h3>
        {exceptions.length === 0 ? (
          <p className="pg-subtle">{words.exceptions.none}</p>
        ) : (
          <div className="pg-table-frame">
            <table className="pg-table">
              <thead>
                <tr>
                  {Object.values(words.exceptions.columns).map((column) => (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {exceptions.map((exception) => {
                  const left = Date.parse(exception.expiresAt) - now;
                  return (
                    <tr key={`${exception.key} ${exception.gate}`}>
                      <th scope="row">
                        <IssueLink issueKey={exception.key} />
                      </th>
                      <td>
                        {exception.kind === 'manual-attestation'
                          ? words.exceptions.attested
                          : words.exceptions.gates[exception.gate]}
                      </td>
                      <td>
                        <ForeignText>{exception.owner}</ForeignText>
                      </td>
                      <td>
                        {left > 0
                          ? fill(en.exception.endsIn, {
                              when: moments.soon(exception.expiresAt, now),
                              span: moments.span(left),
                            })
                          : words.exceptions.over}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        )}
      </section>
    </>
  );
}
