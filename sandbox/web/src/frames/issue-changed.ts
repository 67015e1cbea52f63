/** Jira tells the app's frames when the issue they are on has changed; they read for themselves. */
import { useEffect, useRef } from 'react';
import { emit } from './frame-events';

/** `version` is whatever differs after a change. */
export function useIssueChanged(issueKey: string, version: string): void {
  const last = useRef<string>();
  useEffect(() => {
    const before = last.current;
    last.current = version;
    if (before !== undefined && before !== '' && before !== version) emit('JIRA_ISSUE_CHANGED', { issueKey });
  }, [issueKey, version]);
}
