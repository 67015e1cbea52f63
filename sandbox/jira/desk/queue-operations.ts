import { accessDesk, queueColumns, queues, serviceDeskId } from '../access-desk';
import { answer } from '../http/answers';
import { operation, param, type Call, type Operation } from '../http/operation';
import { deskPage } from '../http/paging';
import { fieldsAnswer, issueHead, selectFields } from '../issues/issue-answers';
import { searchIssues } from '../jql/search-issues';
import { isAgent } from '../people/permissions';
import { refuse } from '../refusal';
import { checkDesk } from './desk-operations';

const list = '/rest/servicedeskapi/servicedesk/{serviceDeskId}/queue';
const read = ['read:jira-work'];

type Queue = (typeof queues)[number];

export const queueOperations: Operation[] = [
  operation(`GET ${list}`, 'getQueues', read, (call) => {
    checkAgent(call);
    const page = deskPage(call, queues, (queue) => queueAnswer(call, queue));
    return answer(page.body, page.size);
  }),
  operation(`GET ${list}/{queueId}`, 'getQueue', read, (call) => answer(queueAnswer(call, foundQueue(call)))),
  operation(`GET ${list}/{queueId}/issue`, 'getIssuesInQueue', read, (call) => {
    const { site, actor } = call;
    const ids = selectFields(queueColumns);
    const page = deskPage(call, searchIssues(call, foundQueue(call).jql), (issue) => ({
      ...issueHead(site, issue),
      fields: fieldsAnswer(site, issue, ids, actor.accountId),
    }));
    return answer(page.body, page.size);
  }),
];

function checkAgent(call: Call): void {
  checkDesk(call);
  if (!isAgent(call.site, call.actor.accountId, accessDesk.id))
    throw refuse(403, 'You must be an agent of the service desk to see its queues.');
}

function foundQueue(call: Call): Queue {
  checkAgent(call);
  const id = param(call, 'queueId');
  const queue = queues.find((known) => known.id === id);
  if (queue === undefined) throw refuse(404, `The queue with ID ${id} does not exist.`);
  return queue;
}

function queueAnswer(call: Call, queue: Queue): Record<string, unknown> {
  const counted = call.query.get('includeCount') === 'true';
  return {
    id: queue.id,
    name: queue.name,
    jql: queue.jql,
    fields: [...queueColumns],
    ...(counted ? { issueCount: searchIssues(call, queue.jql).length } : {}),
    _links: { self: `${call.site.baseUrl()}/rest/servicedeskapi/servicedesk/${serviceDeskId}/queue/${queue.id}` },
  };
}
