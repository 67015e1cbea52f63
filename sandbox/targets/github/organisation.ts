import type { Clock, Store, Table } from '../../contracts';

export interface User {
  id: number;
  login: string;
  name: string;
}

export interface Place<Role extends string> {
  role: Role;
  state: 'active' | 'pending';
}

export interface Team {
  id: number;
  slug: string;
  name: string;
  /** The team that this one is inside of. */
  parentId?: number;
}

export interface Repository {
  id: number;
  name: string;
  /** What every member of the organisation may do. */
  basePermission: string;
}

export interface Invitation {
  id: number;
  repositoryId: number;
  userId: number;
  permission: string;
}

export type OrgRole = 'member' | 'admin';
export type TeamRole = 'member' | 'maintainer';

const ranks = ['none', 'pull', 'triage', 'push', 'maintain', 'admin'];

/** One GitHub organisation: members, teams inside teams, repositories, and invitations to all of them. */
export class Organisation {
  readonly login = 'acme';
  readonly id = 1;
  readonly users: Table<User>;
  readonly members: Table<Place<OrgRole>>;
  readonly teams: Table<Team>;
  readonly repositories: Table<Repository>;
  readonly invitations: Table<Invitation>;
  private readonly teamMembers: Table<Place<TeamRole>>;
  private readonly collaborators: Table<string>;
  private readonly teamPermissions: Table<string>;
  private readonly numbers: Table<number>;

  constructor(
    private readonly store: Store,
    readonly clock: Clock,
  ) {
    this.users = store.table('github-users');
    this.members = store.table('github-members');
    this.teams = store.table('github-teams');
    this.repositories = store.table('github-repositories');
    this.invitations = store.table('github-invitations');
    this.teamMembers = store.table('github-team-members');
    this.collaborators = store.table('github-collaborators');
    this.teamPermissions = store.table('github-team-permissions');
    this.numbers = store.table('github-numbers');
  }

  get seats(): number {
    return this.numbers.get('seats') ?? 1000;
  }

  set seats(seats: number) {
    this.numbers.put('seats', seats);
  }

  get filledSeats(): number {
    return this.members.entries().length;
  }

  createUser(login: string, name = login): User {
    const user = { id: this.newId(), login, name };
    this.users.put(keyOf(user.id), user);
    return user;
  }

  renameUser(id: number, login: string): void {
    const user = this.users.get(keyOf(id));
    if (user) this.users.put(keyOf(id), { ...user, login });
  }

  /** The account is gone from GitHub, and with it every place it had. */
  removeUser(id: number): void {
    this.users.remove(keyOf(id));
    this.removeMember(id);
  }

  userByLogin(login: string): User | undefined {
    const lower = login.toLowerCase();
    return this.users.entries().find(([, user]) => user.login.toLowerCase() === lower)?.[1];
  }

  /** Somebody new is invited; somebody who is there gets the role. False when no seat is left. */
  setMember(userId: number, role: OrgRole, state: 'active' | 'pending' = 'pending'): boolean {
    const present = this.members.get(keyOf(userId));
    if (!present && this.filledSeats >= this.seats) return false;
    this.members.put(keyOf(userId), { role, state: present && state === 'pending' ? present.state : state });
    return true;
  }

  removeMember(userId: number): void {
    this.members.remove(keyOf(userId));
    for (const table of [this.teamMembers, this.collaborators])
      for (const [key] of table.entries()) if (key.endsWith(`/${keyOf(userId)}`)) table.remove(key);
  }

  createTeam(name: string, parentId?: number): Team {
    const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const team = { id: this.newId(), slug, name, ...(parentId === undefined ? {} : { parentId }) };
    this.teams.put(keyOf(team.id), team);
    return team;
  }

  teamsIn(teamId: number): Team[] {
    return this.teams
      .entries()
      .map(([, team]) => team)
      .filter(({ parentId }) => parentId === teamId);
  }

  /** Whoever is no member of the organisation yet is invited to it, and waits in the team as well. */
  setTeamMember(teamId: number, userId: number, role: TeamRole = 'member'): boolean {
    if (!this.setMember(userId, this.members.get(keyOf(userId))?.role ?? 'member')) return false;
    const state = this.members.get(keyOf(userId))?.state ?? 'pending';
    this.teamMembers.put(pairOf(teamId, userId), { role, state });
    return true;
  }

  removeTeamMember(teamId: number, userId: number): void {
    this.teamMembers.remove(pairOf(teamId, userId));
  }

  ownTeamPlace(teamId: number, userId: number): Place<TeamRole> | undefined {
    return this.teamMembers.get(pairOf(teamId, userId));
  }

  /** A place in a team, or in one inside it: GitHub does not say which. */
  teamPlace(teamId: number, userId: number): Place<TeamRole> | undefined {
    const own = this.ownTeamPlace(teamId, userId);
    if (own) return own;
    for (const child of this.teamsIn(teamId)) {
      const inner = this.teamPlace(child.id, userId);
      if (inner) return { role: 'member', state: inner.state };
    }
    return undefined;
  }

  accept(userId: number): void {
    const place = this.members.get(keyOf(userId));
    if (place) this.members.put(keyOf(userId), { ...place, state: 'active' });
    for (const [key, inTeam] of this.teamMembers.entries())
      if (key.endsWith(`/${keyOf(userId)}`)) this.teamMembers.put(key, { ...inTeam, state: 'active' });
    for (const [key, { repositoryId, permission }] of this.invitations
      .entries()
      .filter(([, invitation]) => invitation.userId === userId)) {
      this.collaborators.put(pairOf(repositoryId, userId), permission);
      this.invitations.remove(key);
    }
  }

  createRepository(name: string, basePermission = 'none'): Repository {
    const repository = { id: this.newId(), name, basePermission };
    this.repositories.put(keyOf(repository.id), repository);
    return repository;
  }

  giveTeam(repositoryId: number, teamId: number, permission: string): void {
    this.teamPermissions.put(pairOf(repositoryId, teamId), permission);
  }

  /** Members of the organisation have the permission at once; others are invited. */
  giveRepository(repositoryId: number, userId: number, permission: string): Invitation | undefined {
    if (this.members.get(keyOf(userId))?.state === 'active' || this.collaborators.get(pairOf(repositoryId, userId))) {
      this.collaborators.put(pairOf(repositoryId, userId), permission);
      return undefined;
    }
    const invitation = { id: this.newId(), repositoryId, userId, permission };
    this.invitations.put(keyOf(invitation.id), invitation);
    return invitation;
  }

  takeRepository(repositoryId: number, userId: number): void {
    this.collaborators.remove(pairOf(repositoryId, userId));
  }

  collaboratesDirectly(repositoryId: number, userId: number): boolean {
    return this.collaborators.get(pairOf(repositoryId, userId)) !== undefined;
  }

  /** The highest permission over everything there is. */
  permissionOf(repository: Repository, userId: number): string {
    const member = this.members.get(keyOf(userId));
    const inside = member?.state === 'active';
    const found = [
      this.collaborators.get(pairOf(repository.id, userId)) ?? 'none',
      inside ? repository.basePermission : 'none',
      inside && member.role === 'admin' ? 'admin' : 'none',
      ...this.teams
        .entries()
        .filter(([, { id }]) => this.teamPlace(id, userId)?.state === 'active')
        .map(([, { id }]) => this.teamPermissions.get(pairOf(repository.id, id)) ?? 'none'),
    ];
    return found.reduce((best, one) => (ranks.indexOf(one) > ranks.indexOf(best) ? one : best));
  }

  private newId(): number {
    return this.store.transaction(() => {
      const id = (this.numbers.get('ids') ?? 1000) + 1;
      this.numbers.put('ids', id);
      return id;
    });
  }
}

/** Numbers as keys that sort like numbers. */
export function keyOf(id: number): string {
  return String(id).padStart(12, '0');
}

function pairOf(thing: number, userId: number): string {
  return `${keyOf(thing)}/${keyOf(userId)}`;
}
