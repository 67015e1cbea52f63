/** What a SCIM front shows of the system behind it. Every method rejects when that system cannot be asked. */
export interface Directory {
  /** Reads everything that a list of users may be about; `match` narrows it where the system can. */
  users(match?: UserMatch): Promise<readonly DirectoryUser[]>;
  user(id: string): Promise<DirectoryUser | undefined>;
  groups(): Promise<ReadonlyArray<Pick<DirectoryGroup, 'id' | 'name'>>>;
  group(id: string): Promise<DirectoryGroup | undefined>;
  /** Already done is done. */
  put(groupId: string, memberId: string): Promise<void>;
  take(groupId: string, memberId: string): Promise<void>;
}

export interface UserMatch {
  readonly attribute: 'userName' | 'employeeNumber';
  readonly value: string;
}

export interface DirectoryUser {
  /** The system's own id that survives renaming. */
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly active: boolean;
  readonly employeeNumber?: string;
  readonly groups: ReadonlyArray<{ readonly id: string; readonly name: string; readonly type: 'direct' | 'indirect' }>;
}

export interface DirectoryGroup {
  readonly id: string;
  readonly name: string;
  /** Direct ones only; what is in them is theirs to say. */
  readonly members: ReadonlyArray<{ readonly id: string; readonly type: 'User' | 'Group' }>;
}
