import type { Instant } from '../../domain/instant';
import { minuteText } from '../../domain/instant-words';
import { retryList, type LeaverList, type LeaverProblem } from '../../domain/leaver/leaver-list';
import { Unavailable, type LeaverSummary, type Ports } from '../ports';

const most = 50;
const attempts = 6;

const problemWords: Readonly<Record<LeaverProblem, string>> = {
  'not-found': 'no directory knows the identity',
  ambiguous: 'several identities have this name',
  'directory-unreadable': 'the directory could not be read',
  'no-employee-numbers': 'the directory cannot be asked for employee numbers',
  failed: 'the entry failed unexpectedly',
};

/** What admins see of lists of leavers: how many entries wait, what is in their way, and which gave up. No names. */
export async function showLeavers(ports: Pick<Ports, 'leavers'>) {
  const [lists, newest] = await Promise.all([ports.leavers.waiting(most), ports.leavers.newest(most)]);
  const waiting = lists.flatMap((list) => list.entries.filter((entry) => !entry.applied && !entry.stuckAt));
  const problems = [
    ...countedProblems(waiting.flatMap((entry) => entry.problem ?? [])),
    ...newest.filter((summary) => summary.refused.length > 0).map(refusedText),
  ];
  return {
    shown: { waiting: waiting.length, ...(problems.length > 0 ? { problem: problems.join(' ') } : {}) },
    stuck: lists.flatMap(stuckRow),
  };
}

function countedProblems(problems: readonly LeaverProblem[]): readonly string[] {
  const counts = new Map<LeaverProblem, number>();
  for (const problem of problems) counts.set(problem, (counts.get(problem) ?? 0) + 1);
  return [...counts].map(
    ([problem, count]) => `${count} ${count === 1 ? 'entry waits' : 'entries wait'}: ${problemWords[problem]}.`,
  );
}

function refusedText({ keyId, at, refused }: LeaverSummary): string {
  const entries = refused.map(({ entry, problem }) => `${entry} (${problem})`).join(', ');
  return `The list that was signed with ${keyId} on ${minuteText(at)} has entries that were not understood: ${entries}.`;
}

function stuckRow(list: LeaverList) {
  const gaveUp = list.entries.filter((entry) => entry.stuckAt !== undefined);
  const since = gaveUp.map((entry) => entry.stuckAt ?? '').sort()[0];
  if (since === undefined) return [];
  const what = gaveUp.map((entry) => problemWords[entry.problem ?? 'failed']);
  return [
    {
      issueId: list.id,
      key: `${gaveUp.length} of the list of ${minuteText(list.receivedAt)}`,
      since,
      problem: [...new Set(what)].join('; '),
    },
  ];
}

/** Looks again at the entries of a list that gave up. */
export async function retryLeavers(ports: Pick<Ports, 'leavers'>, listId: string, now: Instant): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const stored = await ports.leavers.list(listId);
    const again = stored && retryList(stored.value, now);
    if (!stored || !again) return;
    if (await ports.leavers.save(again, stored.rev, [], now)) return;
  }
  throw new Unavailable('storage');
}
