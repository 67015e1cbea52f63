import { route } from '@forge/api';
import type { WorkflowTransition } from '../../domain/gate/needed-rules';
import { callJira } from './jira-client';

type Wire = Record<string, unknown>;
const list = (value: unknown): Wire[] => (Array.isArray(value) ? (value as Wire[]) : []);

/**
 * The transitions of the workflows that a project uses, with the app's rules on them
 * (developer.atlassian.com/cloud/jira/platform/rest/v3: search workflows). Undefined when Jira does not let the app read
 * workflows: then nobody knows whether the gates are in place, and the caller has to say so.
 */
export async function readLiveWorkflow(projectKey: string): Promise<readonly WorkflowTransition[] | undefined> {
  const project = await callJira('app', route`/rest/api/3/project/${projectKey}`);
  const projectId = (project.body as Wire | undefined)?.id;
  if (project.status >= 300 || typeof projectId !== 'string') return undefined;
  const answer = await callJira('app', route`/rest/api/3/workflows/search?maxResults=200&expand=values.transitions`);
  if (answer.status >= 300) return undefined;
  const workflows = list((answer.body as Wire).values);
  return workflows.flatMap((workflow) => list(workflow.transitions).map(transitionOf));
}

function transitionOf(transition: Wire): WorkflowTransition {
  const conditions = list((transition.conditions as Wire | undefined)?.conditions);
  return {
    name: String(transition.name),
    fromStatusIds: list(transition.links).map((link) => String(link.fromStatusReference)),
    toStatusId: String(transition.toStatusReference),
    rules: [...list(transition.validators), ...conditions]
      .map(moduleOf)
      .filter((key): key is string => key !== undefined),
  };
}

/** The last part of a rule's key is the module's key: `ari:cloud:ecosystem::extension/.../static/verification-gate`. */
function moduleOf(rule: Wire): string | undefined {
  const parameters = rule.parameters as Wire | undefined;
  const key = typeof parameters?.key === 'string' ? parameters.key : undefined;
  return parameters?.disabled === 'true' ? undefined : key?.split('/').at(-1);
}
