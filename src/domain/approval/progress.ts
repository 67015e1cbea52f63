import type { Decision, Stage } from './stage';

export interface StageProgress {
  readonly stage: Stage;
  readonly status: 'waiting' | 'open' | 'approved' | 'declined';
  readonly approvedBy: readonly string[];
  /** Approvers who have not answered yet. */
  readonly outstanding: readonly string[];
}

/**
 * How far the approvals are. Only decisions of this round, on this content, by a stage's own approvers count, and each
 * person counts once over all stages. A decline beats any number of approvals. Stages open one after the other.
 */
export function stageProgress(
  stages: readonly Stage[],
  decisions: readonly Decision[],
  round: number,
  contentHash: string,
): readonly StageProgress[] {
  const valid = decisions.filter((d) => d.round === round && d.contentHash === contentHash);
  const spent = new Set<string>();
  let blocked = false;
  return [...stages]
    .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
    .map((stage) => {
      const own = valid.filter((d) => d.stageId === stage.id && stage.approvers.includes(d.accountId));
      const declined = own.some((d) => d.decision === 'decline');
      const approvedBy = [...new Set(own.filter((d) => d.decision === 'approve').map((d) => d.accountId))].filter(
        (a) => !spent.has(a),
      );
      for (const accountId of approvedBy) spent.add(accountId);
      const answered = new Set(own.map((d) => d.accountId));
      const outstanding = stage.approvers.filter((a) => !answered.has(a));
      const reached = approvedBy.length >= stage.quorum;
      const status = declined ? 'declined' : reached ? 'approved' : blocked ? 'waiting' : 'open';
      if (status !== 'approved') blocked = true;
      return { stage, status, approvedBy, outstanding };
    });
}

/** What the stages say together. No stages at all is an approval: policy asked for none. */
export function approvalOutcome(progress: readonly StageProgress[]): 'approved' | 'declined' | 'open' {
  if (progress.some((p) => p.status === 'declined')) return 'declined';
  return progress.every((p) => p.status === 'approved') ? 'approved' : 'open';
}

/** The people whom the service desk asks for a stage: everybody outstanding, or those to whom it was handed on. */
export function askedInDesk(progress: StageProgress | undefined): readonly string[] {
  const { stage, outstanding } = progress ?? { stage: undefined, outstanding: [] };
  return outstanding.filter((accountId) => stage?.handedTo?.includes(accountId) ?? true);
}

/** The stage whose approvers are asked now. */
export function openStage(progress: readonly StageProgress[]): StageProgress | undefined {
  return progress.find((p) => p.status === 'open');
}
