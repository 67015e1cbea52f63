import { accessDesk, requestTypes, serviceDeskId, type RequestType } from '../access-desk';
import { fieldById } from '../fields/catalogue';
import { answer } from '../http/answers';
import { operation, param, type Call, type Operation } from '../http/operation';
import { deskPage } from '../http/paging';
import { isAgent } from '../people/permissions';
import { projectById } from '../projects';
import { refuse } from '../refusal';
import { schemaAnswer } from '../rest/field-answers';
import { deskInstant } from '../fields/instants';
import type { Site } from '../site-state';
import { requestTypeAnswer } from './request-answers';
import { serviceDeskAnswer } from './service-desk-answers';

const root = '/rest/servicedeskapi';
const one = `${root}/servicedesk/{serviceDeskId}` as const;
const read = ['read:servicedesk-request'];

export const deskOperations: Operation[] = [
  {
    ...operation(`GET ${root}/info`, 'getInfo', [], ({ site }) =>
      answer({
        version: '5.12.0-sandbox',
        platformVersion: '1001.0.0-SNAPSHOT',
        buildDate: deskInstant(Date.UTC(2026, 10, 20), site.clock.now()),
        buildChangeSet: 'sandbox',
        isLicensedForUse: true,
        _links: { self: `${site.baseUrl()}${root}/info` },
      }),
    ),
    anonymous: true,
  },
  operation(`GET ${root}/servicedesk`, 'getServiceDesks', read, (call) => {
    const desks = deskExists(call.site) ? [serviceDeskId] : [];
    return answer(deskPage(call, desks, () => serviceDeskAnswer(call.site)).body);
  }),
  operation(`GET ${one}`, 'getServiceDeskById', read, (call) => {
    checkDesk(call);
    return answer(serviceDeskAnswer(call.site));
  }),
  operation(`GET ${root}/requesttype`, 'getAllRequestTypes', read, (call) => {
    const types = deskExists(call.site) ? requestTypes : [];
    const page = deskPage(call, types, (type) => requestTypeAnswer(call.site, type), ['field']);
    return answer(page.body, page.size);
  }),
  operation(`GET ${one}/requesttype`, 'getRequestTypes', read, (call) => {
    checkDesk(call);
    const text = (call.query.get('searchQuery') ?? '').toLowerCase();
    const found = requestTypes.filter((type) => type.name.toLowerCase().includes(text));
    const page = deskPage(call, found, (type) => requestTypeAnswer(call.site, type), ['field']);
    return answer(page.body, page.size);
  }),
  operation(`GET ${one}/requesttype/{requestTypeId}`, 'getRequestTypeById', read, (call) =>
    answer(requestTypeAnswer(call.site, foundType(call))),
  ),
  operation(`GET ${one}/requesttype/{requestTypeId}/field`, 'getRequestTypeFields', read, (call) => {
    const type = foundType(call);
    const agent = isAgent(call.site, call.actor.accountId, accessDesk.id);
    return answer(
      {
        requestTypeFields: type.form.map(({ fieldId, required }) => formFieldAnswer(fieldId, required)),
        canRaiseOnBehalfOf: agent,
        canAddRequestParticipants: agent,
      },
      type.form.length,
    );
  }),
];

/** The desk goes with its project. */
export const deskExists = (site: Site): boolean => projectById(site, accessDesk.id) !== undefined;

export function checkDesk(call: Call): void {
  const id = param(call, 'serviceDeskId');
  if (!deskExists(call.site) || ![serviceDeskId, accessDesk.id, accessDesk.key].includes(id)) {
    throw refuse(404, `The service desk with ID ${id} does not exist.`);
  }
}

function foundType(call: Call): RequestType {
  checkDesk(call);
  const id = param(call, 'requestTypeId');
  const type = requestTypes.find((known) => known.id === id);
  if (type === undefined) throw refuse(404, `The request type with ID ${id} does not exist.`);
  return type;
}

function formFieldAnswer(fieldId: string, required: boolean): Record<string, unknown> {
  const field = fieldById(fieldId);
  if (field === undefined) throw new Error(`no field ${fieldId}`);
  return {
    fieldId,
    name: field.name,
    description: '',
    required,
    defaultValues: [],
    validValues: [],
    presetValues: [],
    jiraSchema: schemaAnswer(field),
    visible: true,
  };
}
