import { answer } from '../http/answers';
import { operation, type Call, type Operation } from '../http/operation';
import { mayDo } from '../people/permissions';
import { refuse } from '../refusal';
import type { Condition, StatusDefinition, TransitionDefinition, WorkflowRecord } from '../workflow/definition';
import { workflowOf } from '../workflow/workflow';
import { appIdOf } from './app-rules';

/** Reading the workflow, for a set-up check. Only Jira administrators see rules. */
export const workflowOperations: Operation[] = [
  operation('GET /rest/api/3/workflows/search', 'searchWorkflows', ['manage:jira-configuration'], (call) => {
    if (!mayDo(call.site, call.actor.accountId, 'ADMINISTER')) {
      throw refuse(401, 'You do not have permission to view workflows.');
    }
    const workflow = workflowOf(call.site);
    return answer({
      self: new URL(call.path, call.site.baseUrl()).toString(),
      startAt: 0,
      maxResults: 50,
      total: 1,
      isLast: true,
      statuses: workflow.statuses.map(statusAnswer),
      values: [workflowAnswer(call, workflow)],
    });
  }),
];

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

function workflowAnswer(call: Call, workflow: WorkflowRecord): Record<string, unknown> {
  return {
    id: workflow.id,
    name: workflow.name,
    description: '',
    isEditable: true,
    scope: { type: 'GLOBAL' },
    version: { id: workflow.id, versionNumber: 1 },
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
    transitions: workflow.transitions.map((transition) => transitionAnswer(call, transition)),
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
