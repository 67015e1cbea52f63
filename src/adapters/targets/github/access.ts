import { answered, failed, type Answer } from '../http/answer';
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
import { fullPage, userOf, type GithubClient, type GithubUser, type Team } from './github-client';
import { repositoryHold } from './repository-access';

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
  private first: { readonly id: string; readonly thing: string } | undefined;

  constructor(
    private readonly client: GithubClient,
    private readonly record: AnswerRecord,
    private readonly accountId: string,
  ) {}

  soughtIn(entitlementId: string): Promise<Membership> {
    return this.holdOf(entitlementId);
  }

  async holdOf(entitlementId: string): Promise<Membership> {
    const entitlement = entitlementOf(entitlementId);
    if (!entitlement) return unknown('not-found');
    const thing = thingOf(entitlement);
    this.first ??= { id: entitlementId, thing };
    const exactly = this.first.thing === thing && this.first.id !== entitlementId;
    const user = await this.user();
    if (!user.ok) return user.failure === 'not-found' ? this.withoutAccount(entitlement) : unknown(user.failure);
    switch (entitlement.kind) {
      case 'org':
        return this.inOrganization(entitlement.role, user.value, exactly);
      case 'team':
        return this.inTeam(entitlement.id, entitlement.role, user.value, exactly);
      case 'repo':
        return repositoryHold(this.client, entitlement, user.value, exactly, this.record);
    }
  }

  async account(): Promise<Answer<'active' | 'inactive' | 'unknown'>> {
    const user = await this.user();
    return user.ok ? answered('active') : user;
  }

  private user(): Promise<Answer<GithubUser>> {
    return (this.own ??= this.client.userById(this.accountId, this.record));
  }

  private async inOrganization(wanted: OrgRole, user: GithubUser, exactly: boolean): Promise<Membership> {
    const { organization } = this.client;
    const row = await this.client.get(['orgs', organization, 'memberships', user.login], this.record);
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
    id: string,
    wanted: TeamRole | undefined,
    user: GithubUser,
    exactly: boolean,
  ): Promise<Membership> {
    const team = await this.client.team(id, this.record);
    if (!team.ok) return unknown(team.failure);
    const row = await this.client.get(this.membershipPath(team.value, user), this.record);
    // The team and the user were both seen, so it is the membership that is not there. It covers the teams inside.
    if (!row.ok) return row.failure === 'not-found' ? none : unknown(row.failure);
    const state = textIn(row.value, 'state');
    const role = textIn(row.value, 'role');
    if (role !== 'member' && role !== 'maintainer') return unknown('malformed');
    const level = wanted === undefined ? 'this' : levelHeld(wanted, role, exactly);
    if (level === 'no') return none;
    if (state === 'pending') return waiting;
    if (state !== 'active') return unknown('malformed');
    if (level === 'higher') return indirect([role]);
    return this.throughTeamsIn(team.value, user, []);
  }

  /**
   * GitHub counts members of child teams among those of the parent, and does not say who is which. Whoever is in a child
   * counts as there through it, also when the parent has the user besides.
   */
  private async throughTeamsIn(team: Team, user: GithubUser, through: readonly string[]): Promise<Membership> {
    const children = await teamsIn(this.client, team, this.record);
    if (!children.ok) return unknown(children.failure);
    for (const child of children.value) {
      const row = await this.client.get(this.membershipPath(child, user), this.record);
      if (!row.ok && row.failure !== 'not-found') return unknown(row.failure);
      if (row.ok) return this.throughTeamsIn(child, user, [...through, child.name]);
    }
    return through.length === 0 ? direct : indirect(through);
  }

  /** Without a login only lists can be asked, which name numbers. */
  private async withoutAccount(entitlement: GithubEntitlement): Promise<Membership> {
    const { client, record } = this;
    let path: readonly string[];
    if (entitlement.kind === 'org') path = ['orgs', client.organization, 'members'];
    else if (entitlement.kind === 'team') {
      const team = await client.team(entitlement.id, record);
      if (!team.ok) return unknown(team.failure);
      path = ['orgs', client.organization, 'teams', team.value.slug, 'members'];
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

  private membershipPath(team: Team, user: GithubUser): readonly string[] {
    return ['orgs', this.client.organization, 'teams', team.slug, 'memberships', user.login];
  }
}

/** The teams directly inside a team. */
export async function teamsIn(
  client: GithubClient,
  team: Team,
  record: AnswerRecord,
): Promise<Answer<readonly Team[]>> {
  const listed = await client.list(['orgs', client.organization, 'teams', team.slug, 'teams'], fullPage, record);
  if (!listed.ok) return listed;
  if (!listed.value.complete) return failed(listed.value.failure ?? 'incomplete');
  const teams: Team[] = [];
  for (const row of listed.value.rows) {
    const inner = innerTeam(row);
    if (!inner) return failed('malformed');
    teams.push(inner);
  }
  return answered(teams);
}

function innerTeam(row: Fields): Team | undefined {
  const id = row['id'];
  const slug = textIn(row, 'slug');
  return typeof id !== 'number' || slug === undefined
    ? undefined
    : { id: String(id), slug, name: textIn(row, 'name') ?? slug };
}

/** Whether a role is the one that is wanted, or one that holds it. */
function levelHeld(wanted: OrgRole | TeamRole, role: OrgRole | TeamRole, exactly: boolean): 'this' | 'higher' | 'no' {
  if (role === wanted) return 'this';
  return !exactly && wanted === 'member' ? 'higher' : 'no';
}
