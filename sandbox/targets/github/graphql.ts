/** The one question of the GraphQL API that the sandbox has: who is in a team in person. */
import { keyOf, type Organisation } from './organisation';

interface Asked {
  readonly query?: unknown;
  readonly variables?: { readonly [name: string]: unknown };
}

const known =
  /^query\([^)]*\)\{organization\(login:\$organization\)\{team\(slug:\$team\)\{databaseIdmembers\(first:100,after:\$after,membership:IMMEDIATE,query:\$login\)\{nodes\{databaseId\}pageInfo\{hasNextPageendCursor\}\}\}\}\}$/;

export function teamMembersByGraphql(at: Organisation, asked: Asked, longestPage: number): object {
  const text = typeof asked.query === 'string' ? asked.query.replace(/\s+/g, '').replace(/^query\(/, 'query(') : '';
  if (!known.test(text)) return { errors: [{ message: 'The sandbox does not know this query.' }] };
  const { organization, team: slug, login, after } = asked.variables ?? {};
  if (typeof organization !== 'string' || organization.toLowerCase() !== at.login)
    return {
      data: { organization: null },
      errors: [{ type: 'NOT_FOUND', path: ['organization'], message: 'Could not resolve to an Organization.' }],
    };
  const team = at.teams.entries().find(([, one]) => one.slug === slug)?.[1];
  if (!team) return { data: { organization: { team: null } } };
  // A search over logins and names, as the vendor has it: it finds more than the one that is meant.
  const sought = typeof login === 'string' ? login.toLowerCase() : '';
  const rows = at.users
    .entries()
    .map(([, user]) => user)
    .filter(({ id }) => at.ownTeamPlace(team.id, id)?.state === 'active')
    .filter((user) => [user.login, user.name].some((name) => name.toLowerCase().includes(sought)));
  const start = typeof after === 'string' ? rows.findIndex(({ id }) => keyOf(id) === after) + 1 : 0;
  const shown = rows.slice(start, start + Math.min(100, longestPage));
  const last = shown.at(-1);
  return {
    data: {
      organization: {
        team: {
          databaseId: team.id,
          members: {
            nodes: shown.map(({ id }) => ({ databaseId: id })),
            pageInfo: { hasNextPage: start + shown.length < rows.length, endCursor: last ? keyOf(last.id) : null },
          },
        },
      },
    },
  };
}
