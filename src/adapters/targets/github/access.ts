import { answered, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, textIn, type Fields } from '../http/json-fields';
import {
  direct,
  indirect,
  none,
  unknown,
  waiting,
  type AccessReading,
  type Membership,
} from '../reading/access-reading';
import { entitlementOf, thingOf, type GithubEntitlement, type OrgRole, type TeamRole } from './entitlement-id';
import {
  fullPage,
  isLogin,
  teamPath,
  userOf,
  type GithubClient,
  type GithubUser,
  type Team,
  type TeamAddress,
} from './github-client';
import { immediateMembers } from './immediate-members';
import { askPermission, repositoryHold } from './repository-access';

/**
 * One reading of one user's place in the organisation, its teams and its repositories. GitHub asks for people by login;
 * the number is turned into today's login first, and where an answer names the user, the number is compared again.
 *
 * Levels of one thing exclude each other. The thing that is asked for first is what shall be there or gone: whoever has a
 * higher level has it too, by another path. Levels that are asked for after it are those it replaces, and only they
 * themselves count.
 */
export class GithubReading implements AccessReading {
  private own: Promise<Answer<GithubUser>> | undefined;
  private row: Promise<Answer<Fields>> | undefined;
  private first: { readonly id: string; readonly thing: string } | undefined;

  constructor(
    private readonly client: GithubClient,
    private readonly record: AnswerRecord,
    private readonly accountId: string,
    /** What the user was called last. Counts only where the answer names the number besides. */
    private readonly login = '',
  ) {}

  /** A reading of the same user from the start, without asking again who it is. */
  afresh(): GithubReading {
    const other = new GithubReading(this.client, this.record, this.accountId, this.login);
    other.own = this.own;
    other.row = this.row;
    return other;
  }

  soughtIn(entitlementId: string): Promise<Membership> {
    return this.holdOf(entitlementId);
  }

  async holdOf(entitlementId: string): Promise<Membership> {
    const entitlement = entitlementOf(entitlementId);
    if (!entitlement) return unknown('not-found');
    const thing = thingOf(entitlement);
    this.first ??= { id: entitlementId, thing };
    const exactly = this.first.thing === thing && this.first.id !== entitlementId;
    if (entitlement.kind === 'repo') return this.onRepository(entitlement, exactly);
    const user = await this.user();
    if (!user.ok) return user.failure === 'not-found' ? this.withoutAccount(entitlement) : unknown(user.failure);
    return entitlement.kind === 'org'
      ? this.inOrganization(entitlement.role, user.value, exactly)
      : this.inTeam(entitlement.id, entitlement.role, user.value, exactly);
  }

  async account(): Promise<Answer<'active' | 'inactive' | 'unknown'>> {
    const user = await this.user();
    return user.ok ? answered('active') : user;
  }

  /** Who has the number now; `not-found` when nobody has it. */
  user(): Promise<Answer<GithubUser>> {
    return (this.own ??= this.findUser());
  }

  /** A member's row names the number, so one call tells who it is and how they are there. */
  private async findUser(): Promise<Answer<GithubUser>> {
    if (!isLogin(this.login)) return this.client.userById(this.accountId, this.record);
    const row = await this.askMembership(this.login);
    if (!row.ok && row.failure !== 'not-found') return row;
    const shown = row.ok ? userOf(fieldsOf(row.value['user'])) : undefined;
    if (shown?.id === this.accountId) {
      this.row = Promise.resolve(row);
      return answered(shown);
    }
    // No member, or somebody else by now: the number decides.
    const user = await this.client.userById(this.accountId, this.record);
    if (user.ok && !row.ok && user.value.login.toLowerCase() === this.login.toLowerCase())
      this.row = Promise.resolve(row);
    return user;
  }

  private membership(user: GithubUser): Promise<Answer<Fields>> {
    return (this.row ??= this.askMembership(user.login));
  }

  private askMembership(login: string): Promise<Answer<Fields>> {
    return this.client.get(['orgs', this.client.organization, 'memberships', login], this.record);
  }

  private async inOrganization(wanted: OrgRole, user: GithubUser, exactly: boolean): Promise<Membership> {
    const row = await this.membership(user);
    if (!row.ok) return row.failure === 'not-found' ? this.notInOrganization() : unknown(row.failure);
    if (userOf(fieldsOf(row.value['user']))?.id !== user.id) return unknown('malformed');
    const state = textIn(row.value, 'state');
    const role = textIn(row.value, 'role');
    if (role === 'billing_manager') return none;
    if (role !== 'member' && role !== 'admin') return unknown('malformed');
    const level = levelHeld(wanted, role, exactly);
    if (level === 'no') return none;
    if (state === 'pending') return waiting;
    if (state !== 'active') return unknown('malformed');
    if (row.value['direct_membership'] === false) {
      const teams = row.value['enterprise_teams_providing_indirect_membership'];
      return indirect(Array.isArray(teams) ? teams.filter((name) => typeof name === 'string') : []);
    }
    return level === 'higher' ? indirect([role]) : direct;
  }

  /** Strangers are told of public members only: that somebody is not a member counts where members can be seen. */
  private async notInOrganization(): Promise<Membership> {
    const members = await this.client.page(
      ['orgs', this.client.organization, 'members'],
      { per_page: '1' },
      undefined,
      this.record,
    );
    if (!members.ok) return unknown(members.failure);
    return members.value.rows.length > 0 ? none : unknown('incomplete');
  }

  private async inTeam(
    teamId: string,
    wanted: TeamRole | undefined,
    user: GithubUser,
    exactly: boolean,
  ): Promise<Membership> {
    const organizationId = await this.organizationId(user);
    if (!organizationId.ok) return unknown(organizationId.failure);
    const at = { organizationId: organizationId.value, teamId };
    const row = await this.inside(at, user);
    if (!row.ok) {
      if (row.failure !== 'not-found') return unknown(row.failure);
      // The user was seen: if the team is there too, it is the membership that is not. It covers the teams inside.
      const team = await this.client.team(at, this.record);
      return team.ok ? none : unknown(team.failure);
    }
    const state = textIn(row.value, 'state');
    const role = textIn(row.value, 'role');
    if (role !== 'member' && role !== 'maintainer') return unknown('malformed');
    // Owners of the organisation are shown as maintainers, whatever they are in the team.
    const owns = await this.ownsOrganization(user);
    const level = wanted === undefined || (owns && wanted === 'member') ? 'this' : levelHeld(wanted, role, exactly);
    if (level === 'no') return none;
    if (state === 'pending') return waiting;
    if (state !== 'active') return unknown('malformed');
    if (owns && wanted === 'maintainer') return indirect(['admin']);
    if (level === 'higher') return indirect([role]);
    return this.itselfOrThrough(at, user);
  }

  private async ownsOrganization(user: GithubUser): Promise<boolean> {
    const row = await this.membership(user);
    return row.ok && textIn(row.value, 'role') === 'admin' && textIn(row.value, 'state') === 'active';
  }

  /** Whether somebody who is in a team is there in person; somebody who is not, is there through teams inside it. */
  private async itselfOrThrough(at: TeamAddress, user: GithubUser): Promise<Membership> {
    const children = await this.client.teamsIn(at, this.record);
    if (!children.ok) return unknown(children.failure);
    const [child] = children.value;
    if (child === undefined) return direct;
    const immediate = await immediateMembers(this.client, child.parent, user.login, this.record);
    if (!immediate.ok) return unknown(immediate.failure);
    if (immediate.value.has(user.id)) return direct;
    return this.through(at.organizationId, children.value, user, []);
  }

  private async through(
    organizationId: string,
    children: readonly Team[],
    user: GithubUser,
    path: readonly string[],
  ): Promise<Membership> {
    for (const { id: teamId, name } of children) {
      const at = { organizationId, teamId };
      const row = await this.inside(at, user);
      if (!row.ok && row.failure !== 'not-found') return unknown(row.failure);
      if (!row.ok) continue;
      const inner = await this.client.teamsIn(at, this.record);
      if (!inner.ok) return unknown(inner.failure);
      return this.through(organizationId, inner.value, user, [...path, name]);
    }
    // In the team, and neither in person nor through any team that shows: it has changed meanwhile.
    return path.length === 0 ? unknown('incomplete') : indirect(path);
  }

  private inside(at: TeamAddress, { login }: GithubUser): Promise<Answer<Fields>> {
    return this.client.get([...teamPath(at), 'memberships', login], this.record);
  }

  /** A member's row names the organisation as well. */
  private async organizationId(user: GithubUser): Promise<Answer<string>> {
    const row = await this.membership(user);
    if (row.ok) return this.client.organizationIdIn(fieldsOf(row.value['organization']));
    return row.failure === 'not-found' ? this.client.organizationId(this.record) : row;
  }

  private async onRepository(
    entitlement: Extract<GithubEntitlement, { kind: 'repo' }>,
    exactly: boolean,
  ): Promise<Membership> {
    const { client, record } = this;
    const repository = await client.repository(entitlement.id, record);
    if (!repository.ok) return unknown(repository.failure);
    let known: GithubUser | undefined;
    let row: Answer<Fields> | undefined;
    // Outside collaborators are no members: the permission itself tells whose it is.
    if (!this.own && isLogin(this.login)) {
      row = await askPermission(client, repository.value, this.login, record);
      if (!row.ok && row.failure !== 'not-found') return unknown(row.failure);
      known = row.ok ? userOf(fieldsOf(row.value['user'])) : undefined;
    }
    if (row === undefined || known?.id !== this.accountId) {
      const user = await (this.own ??= client.userById(this.accountId, record));
      if (!user.ok) return user.failure === 'not-found' ? this.withoutAccount(entitlement) : unknown(user.failure);
      known = user.value;
      row = await askPermission(client, repository.value, known.login, record);
    }
    if (!row.ok) return unknown(row.failure);
    if (userOf(fieldsOf(row.value['user']))?.id !== this.accountId) return unknown('malformed');
    this.own ??= Promise.resolve(answered(known));
    return repositoryHold(client, repository.value, entitlement.permission, row.value, known, exactly, record);
  }

  /** Without a login only lists can be asked, which name numbers. */
  private async withoutAccount(entitlement: GithubEntitlement): Promise<Membership> {
    const { client, record } = this;
    let path: readonly string[];
    if (entitlement.kind === 'org') path = ['orgs', client.organization, 'members'];
    else if (entitlement.kind === 'team') {
      const organizationId = await client.organizationId(record);
      if (!organizationId.ok) return unknown(organizationId.failure);
      const at = { organizationId: organizationId.value, teamId: entitlement.id };
      const team = await client.team(at, record);
      if (!team.ok) return unknown(team.failure);
      path = [...teamPath(at), 'members'];
    } else {
      const repository = await client.repository(entitlement.id, record);
      if (!repository.ok) return unknown(repository.failure);
      path = ['repos', repository.value.owner, repository.value.name, 'collaborators'];
    }
    const listed = await client.list(path, fullPage, record);
    if (!listed.ok) return unknown(listed.failure);
    if (listed.value.rows.some((row) => userOf(row)?.id === this.accountId)) return direct;
    const said = listed.value.complete && listed.value.rows.length > 0;
    return said ? none : unknown(listed.value.failure ?? 'incomplete');
  }
}

/** Whether a role is the one that is wanted, or one that holds it. */
function levelHeld(wanted: OrgRole | TeamRole, role: OrgRole | TeamRole, exactly: boolean): 'this' | 'higher' | 'no' {
  if (role === wanted) return 'this';
  return !exactly && wanted === 'member' ? 'higher' : 'no';
}
