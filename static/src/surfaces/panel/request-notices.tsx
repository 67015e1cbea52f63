import type { RequestView } from '../../../../src/contract/request-view';
import { Notice } from '../../parts/notice';
import { en } from '../../texts/en';

/** What keeps the request from going on, and how strictly it is governed when that is not the usual way. */
export function RequestNotices({ request }: { request: RequestView }) {
  return (
    <>
      {request.problems.length > 0 && (
        <Notice tone="warning" title={en.panel.problemsTitle}>
          <ul className="pg-list">
            {request.problems.map((problem, index) => (
              <li key={index} className="pg-foreign">
                {problem}
              </li>
            ))}
          </ul>
          <p className="pg-hint">{en.panel.problemsHint}</p>
        </Notice>
      )}
      {request.legacy ? (
        <Notice tone="information">
          <p>{en.panel.legacy}</p>
        </Notice>
      ) : (
        request.mode !== 'enforce' && (
          <Notice tone="information">
            <p>{en.panel[request.mode]}</p>
          </Notice>
        )
      )}
    </>
  );
}
