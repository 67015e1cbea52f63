import { concerns, endListed, heldBy, mayBeGranted } from '../../domain/leaver/end-access';
import { afterLook, isDue, leaverHash, type Look, type WaitingLeaver } from '../../domain/leaver/leaver-list';
import { Unavailable, type DueRequest, type Ports } from '../ports';
import { changeRequest } from './change-request';
import { openDirectories, type Directories } from './find-leaver';

type Needed = Pick<Ports, 'leavers' | 'requests' | 'people' | 'clock' | 'jobs' | 'configuration' | 'targets' | 'log'>;

/** Each entry may ask a directory, and an invocation may ask outside a hundred times a minute at most. */
const mostAtOnce = 60;
/** What is stored together: the list, its due row and the marks of its entries fit one transaction of 25 operations. */
const chunk = 20;
/** More requests about one identity than this are older history than anybody's access. */
const mostRequests = 200;

/**
 * Applies the lists of leavers among what is due. Without one it does nothing and costs nothing. Progress is stored after
 * each score of entries; what was done before a crash is found done, because a removal is asked for once.
 */
export async function applyLeavers(ports: Needed, due: readonly DueRequest[], mayGoOn: () => boolean): Promise<void> {
  const lists = due.filter((row) => row.what === 'leavers');
  if (lists.length === 0) return;
  const directories = openDirectories(ports);
  let left = mostAtOnce;
  for (const { issueId: listId } of lists) {
    if (left <= 0 || !mayGoOn()) return;
    try {
      left -= await applyList(ports, listId, directories, left, mayGoOn);
    } catch (error) {
      ports.log.note('leavers-failed', { list: listId, error: error instanceof Error ? error.name : 'unknown' });
    }
  }
}

async function applyList(
  ports: Needed,
  listId: string,
  directories: Directories,
  most: number,
  mayGoOn: () => boolean,
): Promise<number> {
  const stored = await ports.leavers.list(listId);
  if (!stored) return 0;
  let { rev, value: list } = stored;
  let done = 0;
  while (done < most && mayGoOn()) {
    const now = ports.clock.now();
    const next = list.entries.filter((entry) => isDue(entry, now)).slice(0, Math.min(chunk, most - done));
    if (next.length === 0) return done;
    const known = await ports.leavers.applied(next.filter((entry) => !entry.applied).map(leaverHash));
    const looked = new Map<WaitingLeaver, WaitingLeaver | undefined>();
    const marks: string[] = [];
    for (const entry of next) {
      if (!mayGoOn()) break;
      const repeated = entry.applied === undefined && known.has(leaverHash(entry));
      const look: Look = repeated ? { looked: 'known-already' } : await lookAt(ports, entry, listId, directories);
      if (look.looked === 'applied' && entry.applied === undefined) marks.push(leaverHash(entry));
      looked.set(entry, afterLook(entry, look, list.receivedAt, ports.clock.now()));
    }
    list = {
      ...list,
      entries: list.entries.flatMap((entry) => (looked.has(entry) ? (looked.get(entry) ?? []) : entry)),
    };
    // Another sweep has the list in hand: what it does is the same.
    if (!(await ports.leavers.save(list, rev, marks, ports.clock.now()))) return done;
    rev++;
    done += next.length;
  }
  return done;
}

/** One entry by itself: what goes wrong with it stops no other, except storage, without which nothing goes on. */
async function lookAt(ports: Needed, entry: WaitingLeaver, listId: string, directories: Directories): Promise<Look> {
  try {
    const found = await find(ports, entry, directories);
    if ('problem' in found) return { looked: 'in-vain', problem: found.problem };
    return { looked: 'applied', ...found, mayBeGranted: await endAccess(ports, entry, listId, found.identityId) };
  } catch (error) {
    if (error instanceof Unavailable && error.dependency === 'storage') throw error;
    ports.log.note('leaver-failed', { list: listId, error: error instanceof Error ? error.name : 'unknown' });
    return { looked: 'in-vain', problem: 'failed' };
  }
}

/** An id that requests know needs no directory: who has left may be gone from it. */
async function find(ports: Needed, entry: WaitingLeaver, directories: Directories): ReturnType<Directories['find']> {
  if (entry.applied) return { identityId: entry.applied.identityId };
  const { who } = entry;
  if (who.by === 'id' && (await ports.requests.about(who.value, 1)).length > 0) return { identityId: who.value };
  return directories.find(who);
}

/** Asks for the removal of everything that the identity holds. Answers whether it may still be given something. */
async function endAccess(ports: Needed, entry: WaitingLeaver, listId: string, identityId: string): Promise<boolean> {
  let open = false;
  const found = await ports.requests.getMany(await ports.requests.about(identityId, mostRequests));
  for (const request of found.values()) {
    if (!concerns(entry, request)) continue;
    for (const item of heldBy(request, identityId))
      await changeRequest(
        ports,
        request.issueId,
        { kind: 'app' },
        (current, context) => current && endListed(current, item.id, entry, listId, context),
        { known: request },
      );
    open ||= mayBeGranted(request, identityId);
  }
  return open;
}
