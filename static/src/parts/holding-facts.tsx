import type { HoldingView } from '../../../src/contract/request-view';
import { en, fill } from '../texts/en';
import { useMoments } from './frame-context';
import { IssueLink } from './issue-link';

/** Since when access is held, when it ends and what happens then, in sentences. */
export function HoldingFacts({ holding, now }: { holding: HoldingView; now: number }) {
  const words = en.ends;
  const moments = useMoments();
  const { since, endsAt, raiseAt, warnedAt, revocation, extensions, over } = holding;
  const when = (iso: string) => ({ when: moments.soon(iso, now) });
  return (
    <ul className="pg-holding">
      {over ? (
        <li className="pg-strong">{fill(words.over[over.how], when(over.at))}</li>
      ) : (
        <li>
          <span className="pg-strong">
            {endsAt ? fill(words.endsOn, { when: moments.dateTime(endsAt) }) : words.noEnd}
          </span>{' '}
          <span className="pg-subtle">{fill(words.since, { when: moments.dateTime(since) })}</span>
        </li>
      )}
      {!over && !revocation && raiseAt && <li>{fill(words.raise, { when: moments.dateTime(raiseAt) })}</li>}
      {!over && !revocation && warnedAt && <li className="pg-subtle">{fill(words.warned, when(warnedAt))}</li>}
      {revocation && (
        <li>
          {fill(words.raised[revocation.reason] ?? words.raisedOther, when(revocation.at))}{' '}
          {revocation.key ? (
            <>
              {words.raisedIn} <IssueLink issueKey={revocation.key} />
            </>
          ) : (
            <span className="pg-subtle">{words.raisedSoon}</span>
          )}
        </li>
      )}
      {extensions.map((extension) => (
        <li key={extension.at}>
          {extension.key ? (
            <>
              {fill(words.extension, when(extension.at))} <IssueLink issueKey={extension.key} />
            </>
          ) : (
            fill(words.extensionSoon, when(extension.at))
          )}
        </li>
      ))}
    </ul>
  );
}
