import { mayDo } from '../people/permissions';
import { allProjects } from '../projects';
import type { IssueRecord } from '../records';
import { refuse } from '../refusal';
import { parseJql } from './parse-jql';
import type { Condition, Query } from './query';
import type { Asker, Test } from './searchable';
import { searchableField } from './searchable-fields';

/**
 * The issues that a query finds for someone, in its order: nothing archived, and nothing in a project that the asker may
 * not browse.
 */
export function searchIssues(asker: Asker, jql: string): IssueRecord[] {
  const query = parseJql(jql);
  if (query.where === undefined) {
    throw refuse(400, 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.');
  }
  const test = conditionTest(query.where, asker);
  const order = ordering(query, asker);
  const { site, actor } = asker;
  const browsable = allProjects(site)
    .filter(({ id }) => mayDo(site, actor.accountId, id, 'BROWSE_PROJECTS'))
    .map(({ id }) => id);
  return site.tables.issues
    .entries({ reverse: true })
    .map(([, issue]) => issue)
    .filter((issue) => issue.archived === undefined && browsable.includes(issue.projectId) && test(issue))
    .sort(order);
}

function conditionTest(condition: Condition, asker: Asker): Test {
  switch (condition.kind) {
    case 'clause':
      return searchableField(asker.site, condition.field).test(condition, asker);
    case 'not': {
      const inner = conditionTest(condition.part, asker);
      return (issue) => !inner(issue);
    }
    case 'and': {
      const parts = condition.parts.map((part) => conditionTest(part, asker));
      return (issue) => parts.every((part) => part(issue));
    }
    case 'or': {
      const parts = condition.parts.map((part) => conditionTest(part, asker));
      return (issue) => parts.some((part) => part(issue));
    }
  }
}

/** Compares by the ORDER BY fields; equal issues keep the newest first. */
function ordering(query: Query, asker: Asker): (a: IssueRecord, b: IssueRecord) => number {
  const keys = query.orderBy.map(({ field, descending }) => {
    const { sortKey } = searchableField(asker.site, field);
    if (sortKey === undefined) throw refuse(400, `Field '${field}' does not support sorting.`);
    return { sortKey, direction: descending ? -1 : 1 };
  });
  return (a, b) => {
    for (const { sortKey, direction } of keys) {
      const [left, right] = [sortKey(a), sortKey(b)];
      if (left !== right) return left < right ? -direction : direction;
    }
    return 0;
  };
}
