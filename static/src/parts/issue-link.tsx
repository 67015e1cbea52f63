import { openIssue } from '../frame';
import { en, fill } from '../texts/en';
import { usePlace } from './frame-context';

/** Another issue by its key; opens in a new tab. */
export function IssueLink({ issueKey }: { issueKey: string }) {
  const { portalId } = usePlace();
  return (
    <button
      type="button"
      className="pg-link pg-nowrap"
      aria-label={fill(en.links.open, { key: issueKey })}
      onClick={() => void openIssue(issueKey, portalId)}
    >
      {issueKey}
    </button>
  );
}
