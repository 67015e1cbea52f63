import type { Instant } from './instant';

/** The last comparison of a project's live workflow with what the gates need. */
export interface WorkflowCheck {
  readonly projectId: string;
  readonly projectKey: string;
  /** When it was found to be like this first. */
  readonly since: Instant;
  readonly problems: readonly string[];
}
