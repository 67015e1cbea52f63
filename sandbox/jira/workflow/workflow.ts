import type { Site } from '../site-state';
import type { StatusDefinition, TransitionDefinition, WorkflowRecord } from './definition';

/** A project's workflow as it is drawn now. */
export function workflowOf(site: Site, projectId: string): WorkflowRecord {
  const workflow = site.tables.workflows.get(projectId);
  if (workflow === undefined) throw new Error(`project ${projectId} has no workflow`);
  return workflow;
}

export function allWorkflows(site: Site): WorkflowRecord[] {
  return site.tables.workflows.entries().map(([, workflow]) => workflow);
}

/** Statuses belong to the site; workflows refer to them. */
export function allStatuses(site: Site): StatusDefinition[] {
  const found = new Map(allWorkflows(site).flatMap(({ statuses }) => statuses.map((status) => [status.id, status])));
  return [...found.values()];
}

export function statusById(site: Site, id: string): StatusDefinition {
  const status = allStatuses(site).find((candidate) => candidate.id === id);
  if (status === undefined) throw new Error(`the site has no status ${id}`);
  return status;
}

export function statusByName(statuses: readonly StatusDefinition[], name: string): StatusDefinition | undefined {
  return statuses.find((status) => status.name.toLowerCase() === name.toLowerCase());
}

export function transitionById(workflow: WorkflowRecord, id: string): TransitionDefinition | undefined {
  return workflow.transitions.find((transition) => transition.id === id && transition.initial !== true);
}

export function initialTransition(workflow: WorkflowRecord): TransitionDefinition {
  const transition = workflow.transitions.find((candidate) => candidate.initial === true);
  if (transition === undefined) throw new Error(`workflow ${workflow.name} has no initial transition`);
  return transition;
}
