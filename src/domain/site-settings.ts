import type { Duration } from './instant';

/** Where digests are kept outside of the app's storage. */
export type Anchor =
  { readonly kind: 'issue'; readonly issueKey: string } | { readonly kind: 'address'; readonly url: string };

/** What holds for the whole site and belongs to no project. */
export interface SiteSettings {
  /** The project in which governance requests are raised; without it they are comments on the request itself. */
  readonly governanceProjectKey?: string;
  /** Name of the issue type of what is raised there; `Task` when absent. */
  readonly governanceIssueType?: string;
  readonly anchor?: Anchor;
  /** How old the secrets of connectors may become; 180 days when absent. */
  readonly secretMaxAge?: Duration;
  /** How long before that governance is reminded; 14 days when absent, less where secrets live shorter. */
  readonly secretRemindBefore?: Duration;
}
