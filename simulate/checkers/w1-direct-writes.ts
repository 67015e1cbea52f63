import type { AuditEntry } from '../../src/domain/audit/entry';
import type { AccessRequest, Item } from '../../src/domain/request/access-request';
import { doneStatuses, statuses } from '../company';
import type { Installation } from '../platform/installation';
import type { Row } from '../platform/rows';
import { whyNot } from '../truth/carried';
import type { IssueRead, WrittenByApp } from '../truth/witness';
import type { Checker } from './checker';

/** What was made stays made: the same content of the same epoch is never written again on the same round of approvals. */
const made = new WeakMap<Installation, Set<string>>();

/** How the record says that it is made. */
const ways: ReadonlySet<string> = new Set(['direct-write-made', 'direct-write-already']);

/** A planned write that nobody makes for so long is lost, whatever it waits for. */
const mostWaitMs = 6 * 3_600_000 + 3_600_000;

/**
 * W1: the app changes a target only for what is asked, approved and in work at the moment at which it reads the issue,
 * after it has written that it will, where an administrator lets it, and never again once it has made it in this epoch,
 * unless people approved it anew.
 */
export const directWrites: Checker = {
  name: 'W1',
  onApply(written, installation, { site }) {
    const issue = installation.desk.issues.get(written.issueId ?? '');
    const { expectation, read } = written;
    const what = `the app changed ${expectation.entitlement.id} of ${expectation.account.id}`;
    if (!site.direct) return `${what} although it may not write`;
    if (!issue || !read) return `${what} for no issue that it had read`;
    const unwanted = notAsked(written, read);
    if (unwanted) return `${what} for ${issue.key}, ${unwanted}`;
    const since = installation.witness.switches.filter(({ groupId }) => groupId === expectation.entitlement.id);
    if (since.filter(({ at }) => at <= read.at).at(-1)?.on === false && !since.some(({ at, on }) => on && at > read.at))
      return `${what} for ${issue.key} after that was switched off`;
    // Whoever decides, leaves or calls off between two calls of the app is heard of by the next one.
    if (read.unapproved !== undefined) {
      const still = whyNot(installation, issue.id, read, written.at, written.appAt);
      if (still !== undefined) return `${what} for ${issue.key}, but ${still}`;
    }
    const item = written.record?.items.find(
      (one) => one.direct?.state === 'planned' && one.direct.nextAt === undefined,
    );
    if (!item?.direct || item.direct.attempts < 1)
      return `${what} for ${issue.key} without having written that it would`;
    if (item.direct.contentHash !== item.contentHash || item.direct.epoch !== written.record?.epoch)
      return `${what} for ${issue.key} by a plan for something else`;
    if (made.get(installation)?.has(keyOf(issue.id, written.record, item)))
      return `${what} for ${issue.key} a second time in epoch ${written.record.epoch}, round ${written.record.round}`;
    return undefined;
  },
  onWrite(written, installation) {
    const request = written.find(({ entity }) => entity === 'request')?.value?.data as AccessRequest | undefined;
    if (!request) return undefined;
    for (const { entity, value } of written) {
      if (entity !== 'audit') continue;
      for (const { fact, item, contentHash } of (value?.data as AuditEntry).facts)
        if (ways.has(fact) && typeof contentHash === 'string') {
          const key = [request.issueId, item, contentHash, request.epoch, request.round].join(' ');
          if (!remember(installation, key))
            return `${request.key} was made twice in epoch ${request.epoch}, round ${request.round}`;
        }
    }
    return undefined;
  },
  atEnd({ rows, desk }, { now }) {
    for (const issue of desk.list()) {
      const request = rows.request(issue.id);
      for (const { direct, contentHash } of request?.items ?? []) {
        if (direct?.state !== 'planned' || direct.contentHash !== contentHash || direct.epoch !== request?.epoch)
          continue;
        if (direct.nextAt === undefined) {
          if (!rows.all('outbox').some((row: Row) => row['aggregate'] === issue.id))
            return `the write of ${issue.key} was planned and then forgotten`;
          // What ended before its time to be written had come is never written: that is as it should be.
        } else if (!doneStatuses.includes(issue.statusId) && Date.parse(direct.nextAt) < now - mostWaitMs)
          return `the write of ${issue.key} was never resumed`;
      }
    }
    return undefined;
  },
};

/** False when it was remembered already. */
function remember(installation: Installation, key: string): boolean {
  let keys = made.get(installation);
  if (!keys) made.set(installation, (keys = new Set()));
  if (keys.has(key)) return false;
  keys.add(key);
  return true;
}

const keyOf = (issueId: string, { epoch, round }: AccessRequest, item: Item): string =>
  [issueId, item.id, item.contentHash, epoch, round].join(' ');

function notAsked({ expectation, appAt }: WrittenByApp, { wanted, statusId }: IssueRead): string | undefined {
  const { changeKind, account, entitlement } = expectation;
  if (wanted.kind !== changeKind || wanted.userId !== account.id || wanted.entitlement?.groupId !== entitlement.id)
    return `which asked for ${wanted.key}`;
  if (statusId !== statuses.inProgress) return 'which was not in work';
  if (changeKind === 'revoke') return undefined;
  if (wanted.start !== undefined && appAt < Date.parse(wanted.start)) return 'before its time had begun';
  return wanted.end !== undefined && appAt >= Date.parse(wanted.end) ? 'after its time was over' : undefined;
}
