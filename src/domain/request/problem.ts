/**
 * Why a request cannot go on yet. Closed list: screens and comments find their text by the code. `retry` problems go away
 * by themselves (an outage) and are tried again; the others need a person.
 */
export type ProblemCode =
  | 'target-missing'
  | 'target-unknown'
  | 'entitlement-missing'
  | 'entitlement-unknown'
  | 'identifier-refused'
  | 'beneficiary-missing'
  | 'identity-unknown'
  | 'identity-ambiguous'
  | 'identity-inactive'
  | 'account-ambiguous'
  | 'nothing-to-remove'
  | 'start-invalid'
  | 'end-invalid'
  | 'end-before-start'
  | 'end-in-past'
  | 'end-required'
  | 'end-beyond-maximum'
  | 'owner-required'
  | 'no-policy'
  | 'no-approver'
  | 'directory-missing'
  | 'directory-unreadable'
  | 'request-type-changed'
  | 'project-changed';

export interface Problem {
  readonly code: ProblemCode;
  /** A sentence with what is wrong and what to do, safe to show to the requester. */
  readonly text: string;
  readonly retry: boolean;
}
