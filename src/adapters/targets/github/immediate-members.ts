import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, rowsOf, textIn } from '../http/json-fields';
import { numberIn, type GithubClient, type Team } from './github-client';

const query = `query($organization: String!, $team: String!, $login: String, $after: String) {
  organization(login: $organization) {
    team(slug: $team) {
      databaseId
      members(first: 100, after: $after, membership: IMMEDIATE, query: $login) {
        nodes { databaseId }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

/**
 * The numbers of those who are in a team themselves. The REST API counts members of child teams among those of the parent
 * and does not say who is which; GraphQL does (docs.github.com/graphql, Team.members, TeamMembershipType). A login
 * narrows the search and proves nothing: whoever is sought is recognised by number.
 */
export async function immediateMembers(
  client: GithubClient,
  team: Team,
  login: string | undefined,
  record: AnswerRecord,
): Promise<Answer<ReadonlySet<string>>> {
  const ids = new Set<string>();
  const seen = new Set<string>();
  let after: string | null = null;
  for (;;) {
    const { organization } = client;
    const data: Awaited<ReturnType<GithubClient['query']>> = await client.query(
      query,
      { organization, team: team.slug, login: login ?? null, after },
      record,
    );
    if (!data.ok) return data;
    const shown = fieldsOf(fieldsOf(data.value['organization'])?.['team']);
    const members = fieldsOf(shown?.['members']);
    const rows = rowsOf(members?.['nodes']);
    // Slugs change hands: what is answered has to be the team that is meant.
    if (!rows || numberIn(shown, 'databaseId') !== team.id) return failed('malformed');
    for (const row of rows) {
      const id = numberIn(row, 'databaseId');
      if (id === undefined) return failed('malformed');
      ids.add(id);
    }
    const page = fieldsOf(members?.['pageInfo']);
    if (page?.['hasNextPage'] === false) return answered(ids);
    const next = textIn(page, 'endCursor');
    if (page?.['hasNextPage'] !== true || next === undefined) return failed('malformed');
    if (seen.has(next)) return failed('incomplete');
    seen.add(next);
    after = next;
  }
}
