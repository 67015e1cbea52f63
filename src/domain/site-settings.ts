/** Where digests are kept outside of the app's storage. */
export type Anchor =
  { readonly kind: 'issue'; readonly issueKey: string } | { readonly kind: 'address'; readonly url: string };

/** What holds for the whole site and belongs to no project. */
export interface SiteSettings {
  /** The project whose issues are for governance owners. */
  readonly governanceProjectKey?: string;
  /** The issue type of what is raised there. */
  readonly governanceIssueType?: string;
  readonly anchor?: Anchor;
}
