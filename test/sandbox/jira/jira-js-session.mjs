/**
 * The official shapes as an independent client knows them: jira.js reads every answer with its zod schemas and throws on
 * the first that does not fit. A process of its own, because the package is ES modules only and jest is not.
 * Usage: node jira-js-session.mjs BASE_URL; prints the calls that it made as JSON.
 */
import { createServiceDeskClient } from 'jira.js/serviceDesk';
import { createCloudClient } from 'jira.js/cloud';

const host = process.argv[2];
const as = (email) => ({
  host,
  auth: { type: 'basic', email: `${email}@acme.test`, apiToken: 'sandbox' },
  onSchemaMismatch: 'throw',
  retry: { maxAttempts: 1 },
});
const rita = createServiceDeskClient(as('rita'));
const mark = createServiceDeskClient(as('mark'));
const amir = createServiceDeskClient(as('amir'));
const jira = createCloudClient(as('amir'));
const governance = createCloudClient(as('gus'));
const administration = createCloudClient(as('adele'));
const calls = [];

/** Runs one call and remembers its name, so that the test sees how far the session came. */
async function step(name, call) {
  try {
    const result = await call();
    calls.push(name);
    return result;
  } catch (error) {
    console.log(
      JSON.stringify({ calls, failed: name, error: String(error), details: error.issues ?? error.cause ?? null }),
    );
    process.exit(1);
  }
}

await step('info', () => rita.info.getInfo());
await step('desks', () => rita.servicedesk.getServiceDesks());
await step('desk', () => rita.servicedesk.getServiceDeskById({ serviceDeskId: '1' }));
await step('request types', () => rita.servicedesk.getRequestTypes({ serviceDeskId: '1' }));
await step('request type', () => rita.servicedesk.getRequestTypeById({ serviceDeskId: '1', requestTypeId: 11 }));
await step('request type fields', () =>
  rita.servicedesk.getRequestTypeFields({ serviceDeskId: '1', requestTypeId: 11 }),
);
const { issueKey } = await step('create', () =>
  rita.request.createCustomerRequest({
    serviceDeskId: '1',
    requestTypeId: '11',
    requestFieldValues: {
      summary: 'Read the ledgers',
      customfield_10101: 'SCIM directory',
      customfield_10102: 'Finance Readers',
      customfield_10106: '2027-01-31T00:00:00Z',
      customfield_10108: 'Quarter end',
    },
  }),
);
const issue = { issueIdOrKey: issueKey };
await step('list', () => rita.request.getCustomerRequests());
await step('read', () =>
  rita.request.getCustomerRequestByIdOrKey({ ...issue, expand: ['status', 'requestType', 'serviceDesk'] }),
);
await step('comment', () => rita.request.createRequestComment({ ...issue, body: 'Thank you', public: true }));
await step('comments', () => rita.request.getRequestComments(issue));
await step('status', () => rita.request.getCustomerRequestStatus(issue));
await step('participants', () => rita.request.getRequestParticipants(issue));
await step('customer transitions', () => rita.request.getCustomerTransitions(issue));
await step('agent transitions', () => amir.request.getCustomerTransitions(issue));
await step('sla', () => amir.request.getSlaInformation(issue));
await step('sla by id', () => amir.request.getSlaInformationById({ ...issue, slaMetricId: 1 }));
await step('queues', () => amir.servicedesk.getQueues({ serviceDeskId: '1', includeCount: true }));
await step('queue issues', () => amir.servicedesk.getIssuesInQueue({ serviceDeskId: '1', queueId: 1 }));
await step('ask', () => fetch(`${host}/ask-approval/${issueKey}`, { method: 'POST' }));
const approvals = await step('approvals', () => mark.request.getApprovals(issue));
const approvalId = approvals.values[0].id;
await step('approval', () => mark.request.getApprovalById({ ...issue, approvalId }));
await step('approve', () => mark.request.answerApproval({ ...issue, approvalId, decision: 'approve' }));
await step('issue', () => jira.issues.getIssue({ ...issue, expand: ['changelog', 'transitions'] }));
await step('changelog', () => jira.issues.getChangeLogs(issue));
await step('transitions', () => jira.issues.getTransitions(issue));
await step('projects', () => governance.projects.searchProjects());
await step('project', () => governance.projects.getProject({ projectIdOrKey: 'GOV' }));
await step('creatable types', () => governance.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey: 'GOV' }));
await step('creatable fields', () =>
  governance.issues.getCreateIssueMetaIssueTypeId({ projectIdOrKey: 'GOV', issueTypeId: '10031' }),
);
const task = await step('create task', () =>
  governance.issues.createIssue({
    fields: { project: { key: 'GOV' }, issuetype: { name: 'Task' }, summary: 'Look into it' },
  }),
);
await step('task', () => governance.issues.getIssue({ issueIdOrKey: task.key, expand: ['changelog', 'transitions'] }));
await step('workflows', () => administration.workflows.searchWorkflows({ expand: 'values.transitions' }));
console.log(JSON.stringify({ calls }));
