/** Who may hold access. Non-human identities have a mandatory owner and end. */
export type IdentityKind = 'person' | 'service-account' | 'workload';

/** Attributes that policy rules may look at. An attribute that is not known is absent, never empty. */
export interface IdentityAttributes {
  readonly department?: string;
  readonly title?: string;
  readonly employeeNumber?: string;
  readonly userType?: string;
}

/** Who is to hold access, by the directory's stable id; not every identity has an Atlassian account. */
export interface Identity {
  readonly kind: IdentityKind;
  /** The directory's stable id. */
  readonly id: string;
  readonly name: string;
  readonly login: string;
  readonly active: boolean;
  readonly accountId?: string;
  /** The directory id of the manager of a person, or of the owner of a non-human identity. */
  readonly managerId?: string;
  readonly attributes: IdentityAttributes;
}

/** The identity's login in one target, pinned by the target's stable id. */
export interface Account {
  readonly id: string;
  readonly login: string;
}
