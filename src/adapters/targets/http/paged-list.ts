import type { ReadFailure } from '../../../domain/verification/judge';
import { answered, failed, type Answer } from './answer';
import type { AnswerRecord } from './answer-record';
import type { Exchange } from './budgeted-http';
import { rowsOf, type Fields } from './json-fields';
import { nextLink } from './next-link';
import type { SignedHttp, SignedRequest } from './signed-http';

export interface ListPage {
  readonly rows: readonly Fields[];
  /** Where the next page is, as the target says. */
  readonly next?: string;
}

export interface ListRows {
  readonly rows: readonly Fields[];
  /** The target named no further page. */
  readonly complete: boolean;
  /** Why reading stopped early. */
  readonly failure?: ReadFailure;
}

/** Where the rows stand in an answer; absent: the answer is the list. */
export type RowsIn = (answer: Exchange) => readonly Fields[] | undefined;

/** One page of a list whose next page stands in the `Link` header: the first one, or the one at `after`. */
export async function listPage(
  http: SignedHttp,
  request: SignedRequest,
  after: string | undefined,
  record: AnswerRecord,
  rowsIn: RowsIn = ({ json }) => rowsOf(json),
): Promise<Answer<ListPage>> {
  const answer = after === undefined ? await http.exchange(request, record) : await http.follow(after, record);
  if (!answer.ok) return answer;
  const rows = rowsIn(answer.value);
  const next = nextLink(answer.value.header('link'));
  if (!rows || next === undefined) return failed('malformed');
  return answered({ rows, ...(next === 'none' ? {} : { next }) });
}

/** A list page after page until the last one, until `enough` rows are there, or until reading fails. */
export async function wholeList(
  http: SignedHttp,
  request: SignedRequest,
  record: AnswerRecord,
  enough = Infinity,
  rowsIn?: RowsIn,
): Promise<Answer<ListRows>> {
  const rows: Fields[] = [];
  const seen = new Set<string>();
  let after: string | undefined;
  for (;;) {
    const page = await listPage(http, request, after, record, rowsIn);
    if (!page.ok) return after === undefined ? page : answered({ rows, complete: false, failure: page.failure });
    rows.push(...page.value.rows);
    after = page.value.next;
    if (after === undefined) return answered({ rows, complete: rows.length <= enough });
    // A page that leads back to one that was read already: reading on would go round in circles.
    if (rows.length >= enough || seen.has(after)) return answered({ rows, complete: false });
    seen.add(after);
  }
}
