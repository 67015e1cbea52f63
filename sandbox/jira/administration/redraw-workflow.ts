import type { WorkflowChange } from '../../contracts';
import { accessDesk } from '../access-desk';
import { findProject } from '../projects';
import { refuse } from '../refusal';
import type { Site } from '../site-state';
import type { TransitionDefinition, WorkflowRecord } from '../workflow/definition';
import { statusByName, workflowOf } from '../workflow/workflow';

/** An administrator publishes another drawing of a project's workflow. Issues stay in the statuses they are in. */
export function redrawWorkflow(site: Site, change: WorkflowChange): WorkflowRecord {
  const project = findProject(site, change.project ?? accessDesk.key);
  if (project === undefined) throw refuse(404, `There is no project ${String(change.project)}.`);
  const workflow = workflowOf(site, project.id);
  const redrawn: WorkflowRecord = {
    ...workflow,
    version: { id: site.rng.uuid(), versionNumber: workflow.version.versionNumber + 1 },
    transitions: transitionsAfter(site, workflow, change),
  };
  site.tables.workflows.put(project.id, redrawn);
  return redrawn;
}

function transitionsAfter(site: Site, workflow: WorkflowRecord, change: WorkflowChange): TransitionDefinition[] {
  if ('addTransition' in change) return [...workflow.transitions, newTransition(workflow, change.addTransition)];
  const { transition: name } = change;
  const drawn = workflow.transitions.find((known) => known.id === name || known.name === name);
  if (drawn === undefined) throw refuse(404, `The workflow has no transition '${name}'.`);
  const redrawn = 'remove' in change ? without(drawn, change.remove) : withRule(site, drawn, change.add);
  return workflow.transitions.map((known) => (known === drawn ? redrawn : known));
}

function without(transition: TransitionDefinition, module: string): TransitionDefinition {
  const validators = transition.validators.filter((validator) => validator.module !== module);
  const conditions = transition.conditions.filter((known) => known.kind !== 'app' || known.module !== module);
  if (validators.length === transition.validators.length && conditions.length === transition.conditions.length) {
    throw refuse(404, `Transition '${transition.name}' has no rule '${module}'.`);
  }
  return { ...transition, validators, conditions };
}

function withRule(site: Site, transition: TransitionDefinition, module: string): TransitionDefinition {
  switch (site.hooks.workflowRule(module)?.kind) {
    case 'validator':
      return { ...transition, validators: [...transition.validators, { module, configuration: {} }] };
    case 'condition':
      return { ...transition, conditions: [...transition.conditions, { kind: 'app', module }] };
    case undefined:
      throw refuse(404, `The app has no workflow rule '${module}'.`);
  }
}

function newTransition(
  workflow: WorkflowRecord,
  wanted: { name: string; from: readonly string[]; to: string },
): TransitionDefinition {
  const statusId = (name: string): string => {
    const status = statusByName(workflow.statuses, name);
    if (status === undefined) throw refuse(404, `The workflow has no status '${name}'.`);
    return status.id;
  };
  if (wanted.from.length === 0) throw refuse(400, 'A transition starts from at least one status.');
  const highest = Math.max(...workflow.transitions.map(({ id }) => Number(id)));
  return {
    id: String(highest + 10),
    name: wanted.name,
    from: wanted.from.map(statusId),
    to: statusId(wanted.to),
    conditions: [],
    validators: [],
  };
}
