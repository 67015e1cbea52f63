import { workflowProblems } from '../../domain/gate/needed-rules';
import type { Instant } from '../../domain/instant';
import type { ProjectMapping } from '../../domain/request/project-mapping';
import type { WorkflowCheck } from '../../domain/workflow-check';
import type { Ports } from '../ports';

const unreadable = 'Jira does not let the app read workflows, so nobody knows whether the gates still stand.';

/**
 * Compares the live workflow of every governed project with what its gates need. What changed is written with an audit
 * entry, and a gate that was lost is told to governance, once.
 * @returns when it was done; undefined when it has to be tried again
 */
export async function compareWorkflows(ports: Ports, now: Instant): Promise<Instant | undefined> {
  try {
    for (const { value: mapping } of await ports.configuration.list('project')) await compare(ports, mapping, now);
    return now;
  } catch (error) {
    ports.log.note('workflow-comparison-failed', { error: error instanceof Error ? error.name : 'unknown' });
    return undefined;
  }
}

async function compare(ports: Ports, mapping: ProjectMapping, now: Instant): Promise<void> {
  const live = await ports.issues.liveWorkflow(mapping.projectKey);
  const problems = live === undefined ? [unreadable] : workflowProblems(mapping, live);
  const stored = await ports.configuration.get('workflow', mapping.projectId);
  if (
    problems.join('\n') === (stored?.value.problems ?? []).join('\n') &&
    (stored !== undefined || problems.length === 0)
  )
    return;
  const check: WorkflowCheck = { projectId: mapping.projectId, projectKey: mapping.projectKey, since: now, problems };
  const facts = [
    {
      fact: problems.length > 0 ? 'gates-missing' : 'gates-in-place',
      project: mapping.projectId,
      problems: [...problems],
    },
  ];
  // Told first: what is written as known would never be told again. The marker keeps it from being told twice.
  if (problems.length > 0 && live !== undefined) await tellGovernance(ports, check, stored?.rev ?? 0);
  await ports.configuration.save('workflow', mapping.projectId, check, stored?.rev ?? 0, {
    at: now,
    actor: 'app',
    facts,
  });
}

async function tellGovernance(ports: Ports, check: WorkflowCheck, rev: number): Promise<void> {
  const site = (await ports.configuration.get('site', 'current'))?.value;
  if (site?.governanceProjectKey === undefined) return;
  const raised = await ports.issues.raise({
    marker: `workflow.${check.projectId}.${rev}`,
    projectKey: site.governanceProjectKey,
    type: { issueType: site.governanceIssueType ?? 'Task' },
    summary: `The workflow of ${check.projectKey} has lost a gate`,
    description: check.problems.join('\n'),
    fields: {},
  });
  if ('refused' in raised) ports.log.note('governance-request-refused', { project: check.projectId });
}
