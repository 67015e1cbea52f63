import type { ReadFailure } from '../../../domain/verification/judge';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, rowsOf, textIn, type Fields } from '../http/json-fields';
import { listPage, wholeList, type ListPage, type ListRows } from '../http/paged-list';
import type { TokenClaims } from '../http/sign-in/token-claims';
import type { SignedHttp, SignedRequest } from '../http/signed-http';

/** What GitHub is asked to answer with. */
export const githubAccept = 'application/vnd.github+json';

export const fullPage: Readonly<Record<string, string>> = { per_page: '100' };

const headers = { 'x-github-api-version': '2022-11-28', 'user-agent': 'proofgate' };

/** Too many calls are refused with 403 as well, which only the words tell from a missing right (docs.github.com/rest, "Rate limits"). */
const refusal: SignedRequest['refusal'] = (status, body) =>
  status === 403 && /rate limit/i.test(textIn(fieldsOf(body), 'message') ?? '') ? 'rate-limited' : undefined;

// Logins of people and, with an underscore, of managed users. Nothing else may stand in a path.
const loginText = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:_[A-Za-z0-9]{1,20})?$/;

/** A user as every answer of GitHub's shows one. */
export interface GithubUser {
  /** The number that stays when the login changes, as text. */
  readonly id: string;
  readonly login: string;
  readonly type: string;
  readonly name?: string;
}

export interface Team {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

/** A team that is inside another. */
export interface InnerTeam extends Team {
  readonly parent: Team;
}

/** A team by numbers: names change (docs.github.com/rest/teams, "You can also specify a team by org_id and team_id"). */
export interface TeamAddress {
  readonly organizationId: string;
  readonly teamId: string;
}

export function teamPath({ organizationId, teamId }: TeamAddress): readonly string[] {
  return ['organizations', organizationId, 'team', teamId];
}

export interface Repository {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
}

/** The REST API of GitHub over budgeted HTTP (docs.github.com/rest): what it says, checked for form and not for truth. */
export class GithubClient {
  constructor(
    private readonly http: SignedHttp,
    readonly organization: string,
  ) {}

  /** The user who has this number now, whatever the login is today. */
  async userById(id: string, record: AnswerRecord): Promise<Answer<GithubUser>> {
    if (!/^\d{1,15}$/.test(id)) return failed('not-found');
    const user = await this.user(['user', id], record);
    return user.ok && user.value.id !== id ? failed('malformed') : user;
  }

  /** The user who has this login now; upper and lower case are the same login. */
  async userByLogin(login: string, record: AnswerRecord): Promise<Answer<GithubUser>> {
    if (!loginText.test(login)) return failed('not-found');
    const user = await this.user(['users', login], record);
    return user.ok && user.value.login.toLowerCase() !== login.toLowerCase() ? failed('malformed') : user;
  }

  /** The number of the organisation, under which its teams are asked for by theirs. */
  async organizationId(record: AnswerRecord): Promise<Answer<string>> {
    const row = await this.get(['orgs', this.organization], record);
    return row.ok ? this.organizationIdIn(row.value) : row;
  }

  /** The same out of an answer that shows the organisation. Another one than ours is `malformed`. */
  organizationIdIn(row: Fields | undefined): Answer<string> {
    const id = numberIn(row, 'id');
    return id !== undefined && this.isOwn(textIn(row, 'login') ?? '') ? answered(id) : failed('malformed');
  }

  /** A team of this organisation by its number. One of another organisation is not found. */
  async team(at: TeamAddress, record: AnswerRecord): Promise<Answer<Team>> {
    const row = await this.get(teamPath(at), record);
    if (!row.ok) return row;
    const team = teamOf(row.value);
    if (team?.id !== at.teamId) return failed('malformed');
    const owner = textIn(fieldsOf(row.value['organization']), 'login');
    if (owner === undefined) return failed('malformed');
    return this.isOwn(owner) ? answered(team) : failed('not-found');
  }

  /** The teams directly inside a team. Each names the team that it is inside of. */
  async teamsIn(at: TeamAddress, record: AnswerRecord): Promise<Answer<readonly InnerTeam[]>> {
    const listed = await this.list([...teamPath(at), 'teams'], fullPage, record);
    if (!listed.ok) return listed;
    if (!listed.value.complete) return failed(listed.value.failure ?? 'incomplete');
    const teams: InnerTeam[] = [];
    for (const row of listed.value.rows) {
      const team = teamOf(row);
      const parent = teamOf(fieldsOf(row['parent']));
      if (!team || parent?.id !== at.teamId) return failed('malformed');
      teams.push({ ...team, parent });
    }
    return answered(teams);
  }

  /** A query of GraphQL, which answers 200 also where it refuses. It changes nothing. */
  async query(
    text: string,
    variables: Readonly<Record<string, string | null>>,
    record: AnswerRecord,
  ): Promise<Answer<Fields>> {
    const answer = await this.http.ask(
      {
        method: 'POST',
        path: ['graphql'],
        headers,
        json: { query: text, variables },
        expects: 'json',
        reads: true,
        refusal,
      },
      record,
    );
    if (!answer.ok) return answer;
    const body = fieldsOf(answer.value);
    const errors = body?.['errors'];
    if (errors !== undefined) return failed(refusalOf(rowsOf(errors)));
    const data = fieldsOf(body?.['data']);
    return data ? answered(data) : failed('malformed');
  }

  /** A repository of this organisation by its number. One of somebody else is not found. */
  async repository(id: string, record: AnswerRecord): Promise<Answer<Repository>> {
    const row = await this.get(['repositories', id], record);
    if (!row.ok) return row;
    const repository = repositoryOf(row.value);
    if (repository?.id !== id) return failed('malformed');
    return this.isOwn(repository.owner) ? answered(repository) : failed('not-found');
  }

  async get(path: readonly string[], record: AnswerRecord): Promise<Answer<Fields>> {
    const answer = await this.http.ask({ path, headers, refusal }, record);
    if (!answer.ok) return answer;
    const row = fieldsOf(answer.value);
    return row ? answered(row) : failed('malformed');
  }

  /** A list to its end, or until `enough` rows are there. */
  list(
    path: readonly string[],
    query: Readonly<Record<string, string>>,
    record: AnswerRecord,
    enough?: number,
  ): Promise<Answer<ListRows>> {
    return wholeList(this.http, { path, headers, query, refusal }, record, enough);
  }

  /** One page of a list: the first, or the one at the address that the page before gave. */
  page(
    path: readonly string[],
    query: Readonly<Record<string, string>>,
    after: string | undefined,
    record: AnswerRecord,
    member?: string,
  ): Promise<Answer<ListPage>> {
    const rowsIn = ({ json }: { readonly json: Parameters<typeof rowsOf>[0] }): readonly Fields[] | undefined =>
      rowsOf(member === undefined ? json : fieldsOf(json)?.[member]);
    return listPage(this.http, { path, headers, query, refusal }, after, record, rowsIn);
  }

  /** A change, sent once. */
  change(
    method: 'PUT' | 'DELETE',
    path: readonly string[],
    record: AnswerRecord,
    json?: SignedRequest['json'],
  ): Promise<Answer<unknown>> {
    return this.http.ask({ method, path, headers, refusal, ...(json === undefined ? {} : { json }) }, record);
  }

  /** Scopes of a classic token, as the answer to anything names them; undefined for tokens that have none. */
  async scopes(record: AnswerRecord): Promise<Answer<readonly string[] | undefined>> {
    const answer = await this.http.exchange(
      { path: ['orgs', this.organization, 'members'], query: { per_page: '1' }, headers },
      record,
    );
    if (!answer.ok) return answer;
    const header = answer.value.header('x-oauth-scopes');
    return answered(
      header
        ?.split(',')
        .map((scope) => scope.trim())
        .filter((scope) => scope !== ''),
    );
  }

  /** What the token was given with; undefined where it says nothing. */
  claims(record: AnswerRecord): Promise<Answer<TokenClaims | undefined>> {
    return this.http.claims(record);
  }

  private async user(path: readonly string[], record: AnswerRecord): Promise<Answer<GithubUser>> {
    const row = await this.get(path, record);
    if (!row.ok) return row;
    const user = userOf(row.value);
    return user ? answered(user) : failed('malformed');
  }

  private isOwn(owner: string): boolean {
    return owner.toLowerCase() === this.organization.toLowerCase();
  }
}

/** Undefined when the row has no number or no login. */
export function userOf(row: Fields | undefined): GithubUser | undefined {
  const id = numberIn(row, 'id');
  const login = textIn(row, 'login');
  if (id === undefined || login === undefined || !loginText.test(login.replace(/\[bot\]$/, ''))) return undefined;
  const name = textIn(row, 'name');
  return { id, login, type: textIn(row, 'type') ?? 'User', ...(name === undefined ? {} : { name }) };
}

export function teamOf(row: Fields | undefined): Team | undefined {
  const id = numberIn(row, 'id');
  const slug = textIn(row, 'slug');
  return id === undefined || slug === undefined ? undefined : { id, slug, name: textIn(row, 'name') ?? slug };
}

export function repositoryOf(row: Fields): Repository | undefined {
  const id = numberIn(row, 'id');
  const owner = textIn(fieldsOf(row['owner']), 'login');
  const name = textIn(row, 'name');
  return id === undefined || owner === undefined || name === undefined ? undefined : { id, owner, name };
}

/** Whether a text can be a login. */
export function isLogin(text: string): boolean {
  return loginText.test(text);
}

/** What GraphQL calls a refusal. Its words are not read. */
function refusalOf(errors: readonly Fields[] | undefined): ReadFailure {
  const types = new Set(errors?.map((error) => textIn(error, 'type')));
  if (types.has('RATE_LIMITED')) return 'rate-limited';
  return types.has('FORBIDDEN') || types.has('INSUFFICIENT_SCOPES') ? 'forbidden' : 'malformed';
}

/** A whole number as text. */
export function numberIn(row: Fields | undefined, name: string): string | undefined {
  const value = row?.[name];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
}
