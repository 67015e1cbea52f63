import { accessDesk, fieldIds, requestTypes, serviceDeskId } from '../access-desk';
import { fieldById } from '../fields/catalogue';
import { readValues, requireValues } from '../fields/read-values';
import { answer } from '../http/answers';
import { bodyObject, isObject, stringProperty, stringsProperty } from '../http/body';
import { operation, param, type Call, type Operation } from '../http/operation';
import { deskPage, listParameter } from '../http/paging';
import { createIssue } from '../issues/create-issue';
import { visibleRequest } from '../issues/find-issue';
import { personById } from '../people/people';
import { isAgent } from '../people/permissions';
import { Refusal, refuse } from '../refusal';
import { deskExists } from './desk-operations';
import { expandedRequest } from './expand-request';
import { listedRequests } from './list-requests';
import { requestExpands, requestStatusAnswer } from './request-answers';
import { statusRounds } from './status-rounds';

const one = '/rest/servicedeskapi/request/{issueIdOrKey}';

export const requestOperations: Operation[] = [
  operation('POST /rest/servicedeskapi/request', 'createCustomerRequest', ['write:servicedesk-request'], postRequest),
  operation('GET /rest/servicedeskapi/request', 'getCustomerRequests', ['read:servicedesk-request'], (call) => {
    const expand = listParameter(call.query, 'expand');
    const page = deskPage(call, listedRequests(call), (issue) => expandedRequest(call, issue, expand), requestExpands);
    return answer(page.body, page.size);
  }),
  operation(`GET ${one}`, 'getCustomerRequestByIdOrKey', ['read:servicedesk-request'], (call) => {
    const issue = visibleRequest(call.site, call.actor, param(call, 'issueIdOrKey'));
    return answer(expandedRequest(call, issue, listParameter(call.query, 'expand')));
  }),
  operation(`GET ${one}/status`, 'getCustomerRequestStatus', ['read:servicedesk-request'], (call) => {
    const issue = visibleRequest(call.site, call.actor, param(call, 'issueIdOrKey'));
    const page = deskPage(call, statusRounds(call.site, issue), ({ statusId, since }) =>
      requestStatusAnswer(call.site, statusId, since),
    );
    return answer(page.body, page.size);
  }),
];

function postRequest(call: Call): ReturnType<typeof answer> {
  const { site, actor } = call;
  const body = bodyObject(call.body, [
    'serviceDeskId',
    'requestTypeId',
    'requestFieldValues',
    'requestParticipants',
    'raiseOnBehalfOf',
    'isAdfRequest',
    'channel',
    'form',
  ]);
  if (body['form'] !== undefined) throw refuse(501, 'The sandbox does not model forms of customer requests.');
  const type = requestTypes.find((known) => known.id === stringProperty(body, 'requestTypeId'));
  if (stringProperty(body, 'serviceDeskId') !== serviceDeskId || type === undefined || !deskExists(site)) {
    throw refuse(400, 'The service desk or the request type you are trying to use does not exist.');
  }
  const wanted = isObject(body['requestFieldValues']) ? body['requestFieldValues'] : {};
  const values = readValues(
    wanted,
    { site, projectId: accessDesk.id, dialect: body['isAdfRequest'] === true ? 'portal-adf' : 'portal' },
    (field) => type.form.some(({ fieldId }) => fieldId === field.id),
  );
  const required = type.form.filter((field) => field.required).map(({ fieldId }) => fieldById(fieldId));
  requireValues(
    values,
    required.filter((field) => field !== undefined),
  );
  const participants = stringsProperty(body, 'requestParticipants');
  const reporter = readReporter(call, body['raiseOnBehalfOf'], participants);
  const issue = createIssue(
    site,
    {
      projectId: accessDesk.id,
      issueTypeId: type.issueTypeId,
      values: {
        ...values,
        reporter,
        [fieldIds.requestType]: type.id,
        ...(participants.length === 0 ? {} : { [fieldIds.participants]: [...new Set(participants)] }),
      },
    },
    actor.accountId,
  );
  return answer(expandedRequest(call, issue, []), 1, 201);
}

/** Agents raise for others and add participants; a customer raises for themselves. */
function readReporter(call: Call, wanted: unknown, participants: readonly string[]): string {
  const { site, actor } = call;
  if (wanted === undefined && participants.length === 0) return actor.accountId;
  if (!isAgent(site, actor.accountId, accessDesk.id) && (wanted !== actor.accountId || participants.length > 0)) {
    throw refuse(403, 'You do not have permission to raise a request on behalf of others or to add participants.');
  }
  const reporter = wanted ?? actor.accountId;
  for (const accountId of [reporter, ...participants]) {
    if (typeof accountId !== 'string' || personById(site, accountId) === undefined) {
      throw new Refusal(400, [`User '${String(accountId)}' was not found in the system.`]);
    }
  }
  return reporter as string;
}
