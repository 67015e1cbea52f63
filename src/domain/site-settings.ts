/** What holds for the whole site: where governance is told, and where digests of the audit chains are anchored. */
export interface SiteSettings {
  /** The project in which governance requests are raised; without it they are comments on the request itself. */
  readonly governanceProjectKey?: string;
  /** Name of the issue type of a governance request; `Task` when absent. */
  readonly governanceIssueType?: string;
  readonly anchor?:
    { readonly kind: 'issue'; readonly issueKey: string } | { readonly kind: 'address'; readonly url: string };
}
