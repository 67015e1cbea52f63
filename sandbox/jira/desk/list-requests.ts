import { fieldIds, serviceDeskId } from '../access-desk';
import { canAnswer } from '../approvals/approval-answers';
import { approvalsOf } from '../approvals/open-approval';
import type { Call } from '../http/operation';
import { listParameter } from '../http/paging';
import { tiesTo } from '../issues/find-issue';
import { mayDo } from '../people/permissions';
import type { IssueRecord } from '../records';
import { refuse } from '../refusal';
import { statusById } from '../workflow/workflow';

type Test = (issue: IssueRecord) => boolean;

/** The requests that GET /request lists for the caller, the one with the latest activity first. */
export function listedRequests(call: Call): IssueRecord[] {
  const tests = [ownership(call), status(call), approval(call), search(call), type(call)];
  return call.site.tables.issues
    .entries({ reverse: true })
    .map(([, issue]) => issue)
    .filter((issue) => issue.archived === undefined && isRequest(issue) && tests.every((test) => test(issue)))
    .sort((a, b) => b.updated - a.updated);
}

const isRequest: Test = (issue) => typeof issue.values[fieldIds.requestType] === 'string';

function ownership(call: Call): Test {
  const { site, actor } = call;
  const wanted = listParameter(call.query, 'requestOwnership');
  const approvals = call.query.get('approvalStatus');
  const kinds =
    wanted.length > 0 ? wanted : approvals === null ? ['OWNED_REQUESTS', 'PARTICIPATED_REQUESTS'] : ['ALL_REQUESTS'];
  const unknown = kinds.find(
    (kind) =>
      ![
        'OWNED_REQUESTS',
        'PARTICIPATED_REQUESTS',
        'ALL_REQUESTS',
        'APPROVER',
        'ORGANIZATION',
        'ALL_ORGANIZATIONS',
      ].includes(kind),
  );
  if (unknown !== undefined) throw refuse(400, `The request ownership '${unknown}' is not valid.`);
  return (issue) => {
    const ties = tiesTo(site, actor.accountId, issue);
    return kinds.some(
      (kind) =>
        (kind === 'OWNED_REQUESTS' && ties.has('reporter')) ||
        (kind === 'PARTICIPATED_REQUESTS' && ties.has('participant')) ||
        (kind === 'APPROVER' && ties.has('approver')) ||
        (kind === 'ALL_REQUESTS' &&
          (ties.size > 0 || mayDo(site, actor.accountId, issue.projectId, 'BROWSE_PROJECTS'))),
    );
  };
}

function status(call: Call): Test {
  const wanted = call.query.get('requestStatus') ?? 'ALL_REQUESTS';
  if (!['ALL_REQUESTS', 'OPEN_REQUESTS', 'CLOSED_REQUESTS'].includes(wanted)) {
    throw refuse(400, `The request status '${wanted}' is not valid.`);
  }
  const done: Test = (issue) => statusById(call.site, issue.statusId).category === 'done';
  if (wanted === 'ALL_REQUESTS') return () => true;
  return (issue) => done(issue) === (wanted === 'CLOSED_REQUESTS');
}

function approval(call: Call): Test {
  const wanted = call.query.get('approvalStatus');
  if (wanted === null) return () => true;
  const { site, actor } = call;
  const asked: Test = (issue) => tiesTo(site, actor.accountId, issue).has('approver');
  const pending: Test = (issue) =>
    approvalsOf(site, issue.id).some((candidate) => canAnswer(candidate, actor.accountId));
  if (wanted === 'MY_PENDING_APPROVAL') return pending;
  if (wanted === 'MY_HISTORY_APPROVAL') return (issue) => asked(issue) && !pending(issue);
  throw refuse(400, `The approval status '${wanted}' is not valid.`);
}

function search(call: Call): Test {
  const term = call.query.get('searchTerm')?.toLowerCase();
  return (issue) => term === undefined || String(issue.values['summary']).toLowerCase().includes(term);
}

function type(call: Call): Test {
  const desk = call.query.get('serviceDeskId');
  const requestType = call.query.get('requestTypeId');
  return (issue) =>
    (desk === null || desk === serviceDeskId) &&
    (requestType === null || issue.values[fieldIds.requestType] === requestType);
}
