/** The people whose part in a request keeps them from approving it. */
export interface Roles {
  readonly requesterId: string;
  readonly raiserId: string;
  /** Atlassian accounts of the identities that are to hold the access. */
  readonly beneficiaryIds: readonly string[];
  /** Those who carried the change out or were assigned to it. */
  readonly implementerIds: readonly string[];
}

/** Rules of approval independence, by their names in docs/security.md. */
export type IndependenceRule = 'SOD1' | 'SOD2' | 'SOD3' | 'SOD4';

const sentences: Record<IndependenceRule, string> = {
  SOD1: 'The requester may not approve the own request.',
  SOD2: 'The person who is to hold the access may not approve it.',
  SOD3: 'The person who raised the request may not approve it.',
  SOD4: 'The person who carries the change out may not approve it.',
};

/** The rule that keeps a person from approving, or undefined when the person is independent. */
export function independenceConflict(accountId: string, roles: Roles): IndependenceRule | undefined {
  if (accountId === roles.requesterId) return 'SOD1';
  if (roles.beneficiaryIds.includes(accountId)) return 'SOD2';
  if (accountId === roles.raiserId) return 'SOD3';
  if (roles.implementerIds.includes(accountId)) return 'SOD4';
  return undefined;
}

/** The sentence a person reads for a rule. */
export function independenceSentence(rule: IndependenceRule): string {
  return sentences[rule];
}
