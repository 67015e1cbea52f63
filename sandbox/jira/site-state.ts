import type { Clock, Faults, Rng, SiteHooks, Store, Table } from '../contracts';
import type {
  ApprovalRecord,
  CommentRecord,
  HistoryRecord,
  IssueRecord,
  LinkRecord,
  PersonRecord,
  ProjectRecord,
  RoleRecord,
} from './records';
import type { WorkflowRecord } from './workflow/definition';

/**
 * The tables of the site. Child rows are keyed `{issue row}:{own row}` so that one prefix walk reads an issue's rows;
 * roles are child rows of their project.
 */
export interface Tables {
  people: Table<PersonRecord>;
  projects: Table<ProjectRecord>;
  roles: Table<RoleRecord>;
  /** By project id. A workflow outlives its project, as on a site. */
  workflows: Table<WorkflowRecord>;
  issues: Table<IssueRecord>;
  issueIdByKey: Table<string>;
  history: Table<HistoryRecord>;
  comments: Table<CommentRecord>;
  properties: Table<{ key: string; value: unknown }>;
  approvals: Table<ApprovalRecord>;
  links: Table<LinkRecord>;
  linkIdsByIssue: Table<string>;
  sequences: Table<number>;
}

/** What every part of the site works with. */
export interface Site {
  store: Store;
  clock: Clock;
  rng: Rng;
  hooks: SiteHooks;
  faults: () => Faults;
  baseUrl: () => string;
  tables: Tables;
}

export function openTables(store: Store): Tables {
  return {
    people: store.table('jira.people'),
    projects: store.table('jira.projects'),
    roles: store.table('jira.roles'),
    workflows: store.table('jira.workflows'),
    issues: store.table('jira.issues'),
    issueIdByKey: store.table('jira.issue-keys'),
    history: store.table('jira.history'),
    comments: store.table('jira.comments'),
    properties: store.table('jira.properties'),
    approvals: store.table('jira.approvals'),
    links: store.table('jira.links'),
    linkIdsByIssue: store.table('jira.issue-links'),
    sequences: store.table('jira.sequences'),
  };
}

/** Numeric ids sort as text only when they have one width. */
export const row = (id: string): string => id.padStart(12, '0');

export const childRow = (issueId: string, id: string): string => `${row(issueId)}:${row(id)}`;

export const childPrefix = (issueId: string): string => `${row(issueId)}:`;

/** The next id of a sequence; call it inside the transaction that uses the id. */
export function nextId(site: Site, sequence: string, first: number): string {
  const id = site.tables.sequences.get(sequence) ?? first;
  site.tables.sequences.put(sequence, id + 1);
  return String(id);
}

/** All child rows of an issue, oldest first. */
export function childrenOf<T>(table: Table<T>, issueId: string): T[] {
  return table.entries({ prefix: childPrefix(issueId) }).map(([, value]) => value);
}
