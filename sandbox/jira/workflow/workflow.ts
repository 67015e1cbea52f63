import type { Site } from '../site-state';
import type { StatusDefinition, TransitionDefinition, WorkflowRecord } from './definition';
import { project } from '../access-desk';

/** The project's workflow as it is drawn now. */
export function workflowOf(site: Site): WorkflowRecord {
  const workflow = site.tables.workflows.get(project.key);
  if (workflow === undefined) throw new Error(`project ${project.key} has no workflow`);
  return workflow;
}

export function statusById(workflow: WorkflowRecord, id: string): StatusDefinition {
  const status = workflow.statuses.find((candidate) => candidate.id === id);
  if (status === undefined) throw new Error(`workflow ${workflow.name} has no status ${id}`);
  return status;
}

export function statusByName(workflow: WorkflowRecord, name: string): StatusDefinition | undefined {
  return workflow.statuses.find((status) => status.name.toLowerCase() === name.toLowerCase());
}

export function transitionById(workflow: WorkflowRecord, id: string): TransitionDefinition | undefined {
  return workflow.transitions.find((transition) => transition.id === id && transition.initial !== true);
}

export function initialTransition(workflow: WorkflowRecord): TransitionDefinition {
  const transition = workflow.transitions.find((candidate) => candidate.initial === true);
  if (transition === undefined) throw new Error(`workflow ${workflow.name} has no initial transition`);
  return transition;
}
