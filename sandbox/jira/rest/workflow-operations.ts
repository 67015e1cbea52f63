import { answer } from '../http/answers';
import { operation, type Call, type Operation } from '../http/operation';
import { listParameter, platformPage } from '../http/paging';
import { mayGlobally } from '../people/permissions';
import { projectById } from '../projects';
import { refuse } from '../refusal';
import type { Condition, StatusDefinition, TransitionDefinition, WorkflowRecord } from '../workflow/definition';
import { allStatuses } from '../workflow/workflow';
import { appIdOf } from './app-rules';

/** Reading workflows, for a set-up check. Rules are for Jira administrators, and for an app whose scope says so. */
export const workflowOperations: Operation[] = [
  operation('GET /rest/api/3/workflows/search', 'searchWorkflows', ['manage:jira-configuration'], (call) => {
    if (!administers(call)) throw refuse(401, 'You do not have permission to view workflows.');
    const { site, query } = call;
    const unmodelled = ['orderBy', 'scope'].find((name) => query.has(name));
    if (unmodelled !== undefined) throw refuse(501, `The sandbox does not model '${unmodelled}' of a workflow search.`);
    const expand = listParameter(query, 'expand');
    const text = (query.get('queryString') ?? '').toLowerCase();
    const found = site.tables.workflows
      .entries()
      .filter(([, { name }]) => name.toLowerCase().includes(text))
      .filter(([projectId]) => admits(query.get('isActive'), projectById(site, projectId) !== undefined))
      .map(([, workflow]) => workflow);
    const page = platformPage(call, found, (workflow) =>
      workflowAnswer(call, workflow, expand.includes('values.transitions')),
    );
    const named = allStatuses(site).filter(({ id }) =>
      found.some(({ statuses }) => statuses.some((status) => status.id === id)),
    );
    return answer({ ...page, statuses: named.map(statusAnswer) }, (page['values'] as unknown[]).length);
  }),
];

/**
 * The gateway lets an app call this only with the scope `manage:jira-configuration`; whether its account would also have
 * to be an administrator's is not documented, and the sandbox takes the scope's word.
 */
const administers = ({ site, actor }: Call): boolean =>
  actor.accountType === 'app' || mayGlobally(site, actor.accountId, 'ADMINISTER');

const admits = (wanted: string | null, value: boolean): boolean => wanted === null || (wanted === 'true') === value;

const category = { new: 'TODO', indeterminate: 'IN_PROGRESS', done: 'DONE' } as const;

function statusAnswer(status: StatusDefinition): Record<string, unknown> {
  return {
    id: status.id,
    name: status.name,
    description: status.description,
    scope: { type: 'GLOBAL' },
    statusCategory: category[status.category],
    statusReference: status.id,
  };
}

function workflowAnswer(call: Call, workflow: WorkflowRecord, withTransitions: boolean): Record<string, unknown> {
  return {
    id: workflow.id,
    name: workflow.name,
    description: '',
    isEditable: true,
    scope: { type: 'GLOBAL' },
    version: workflow.version,
    statuses: workflow.statuses.map((status) => {
      const approval = workflow.approvals[status.id];
      return {
        statusReference: status.id,
        deprecated: false,
        properties: {},
        ...(approval === undefined
          ? {}
          : {
              approvalConfiguration: {
                active: 'true',
                conditionType: approval.conditionType,
                conditionValue: String(approval.conditionValue),
                fieldId: approval.fieldId,
                transitionApproved: approval.transitionApproved,
                transitionRejected: approval.transitionRejected,
              },
            }),
      };
    }),
    ...(withTransitions
      ? { transitions: workflow.transitions.map((transition) => transitionAnswer(call, transition)) }
      : {}),
  };
}

function transitionAnswer(call: Call, transition: TransitionDefinition): Record<string, unknown> {
  return {
    id: transition.id,
    name: transition.name,
    description: '',
    type: transition.initial === true ? 'INITIAL' : 'DIRECTED',
    toStatusReference: transition.to,
    links: transition.from.map((statusId) => ({ fromStatusReference: statusId })),
    properties: {},
    triggers: [],
    ...(transition.conditions.length === 0
      ? {}
      : {
          conditions: {
            operation: 'ALL',
            conditionGroups: [],
            conditions: transition.conditions.map((condition) => conditionAnswer(call, condition)),
          },
        }),
    validators: transition.validators.map(({ module, configuration }) => ({
      ruleKey: 'forge:expression-validator',
      parameters: { key: appIdOf(module), config: JSON.stringify(configuration), disabled: 'false' },
    })),
    actions:
      transition.resolution === undefined
        ? []
        : [
            {
              ruleKey: 'system:update-field',
              parameters: { field: 'resolution', value: transition.resolution ?? '', mode: '' },
            },
          ],
  };
}

function conditionAnswer({ site }: Call, condition: Condition): Record<string, unknown> {
  switch (condition.kind) {
    case 'role': {
      const role = site.tables.roles.entries().find(([, known]) => known.name === condition.role)?.[1];
      return { ruleKey: 'system:restrict-issue-transition', parameters: { roleIds: role?.id ?? '' } };
    }
    case 'block-in-progress-approval':
      return { ruleKey: 'system:block-in-progress-approval', parameters: {} };
    case 'app':
      return {
        ruleKey: 'forge:expression-condition',
        parameters: { key: appIdOf(condition.module), disabled: 'false' },
      };
  }
}
