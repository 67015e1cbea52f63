import type { AccessRequest } from '../request/access-request';
import { countingReading } from '../request/lifecycle/read';
import { explainReading } from '../verification/explain';
import type { Denial, DenialCode } from './answer';

/** Why a gate says no and what to do about it, as sentences for the person at the transition. At most 900 characters. */
export function explainDenials(
  denials: readonly Denial[],
  request: AccessRequest | undefined,
  names: Readonly<Record<string, string>>,
): string {
  return denials
    .map((denial) => explainDenial(denial, request, names))
    .join(' ')
    .slice(0, 900);
}

function explainDenial(
  denial: Denial,
  request: AccessRequest | undefined,
  names: Readonly<Record<string, string>>,
): string {
  const people = (denial.detail ?? []).map((id) => names[id] ?? 'somebody');
  switch (denial.code) {
    case 'problems':
      return `This request cannot go on yet. ${(denial.detail ?? []).join(' ')}`;
    case 'not-approved':
      return people.length > 0
        ? `This request is not approved. It waits for ${people.join(' and ')}. Ask them to approve it, then try again.`
        : 'This request is not approved. Open the Access panel to see whose approval is missing.';
    case 'approver-inactive':
    case 'approver-unknown':
      return `The approval of ${people.join(' and ')} does not count any more because the account is not active. Open the Access panel and ask for approval again.`;
    case 'period-over':
      return `The access was approved until ${(denial.detail ?? [])[0] ?? 'an instant that is past'}, which is over. Remove it and cancel this request; it must be asked for again.`;
    case 'period-not-begun':
      return `The access is approved from ${(denial.detail ?? [])[0] ?? 'a later instant'} on. Give it and resolve the request then.`;
    case 'not-proven':
      return request ? notProven(request) : sentences['not-proven'];
    case 'unreadable':
      return request ? notProven(request) : sentences.unreadable;
    case 'differs-from-baseline':
      return request ? differs(request) : sentences['differs-from-baseline'];
    default:
      return sentences[denial.code];
  }
}

function notProven(request: AccessRequest): string {
  const stale = 'The last proof is older than policy trusts. Press "Verify now" in the Access panel, then try again.';
  const current = request.items.map((item) => ({ item, reading: countingReading(request, item) }));
  const former = request.former.map((item) => ({ item, reading: item.readings[0] }));
  const open = [...current, ...former.filter(({ reading }) => reading?.verdict === 'unreadable')].filter(
    ({ reading }) => reading?.verdict !== 'confirmed',
  );
  if (open.length === 0) return stale;
  return open
    .map(({ item, reading }) => {
      if (!reading) return sentences['not-proven'];
      const { because, todo } = explainReading(item, reading.reason);
      return `${because} Checked ${clockTime(reading.at)}. ${todo}`;
    })
    .join(' ');
}

function differs(request: AccessRequest): string {
  const differing = [...request.items, ...request.former].filter(
    (item) => item.readings[0]?.held !== undefined && item.readings[0].held !== (item.baseline.kind === 'pre-existing'),
  );
  if (differing.length === 0) return sentences['differs-from-baseline'];
  const parts = differing.map((item) => {
    const had = item.baseline.kind === 'pre-existing';
    return had
      ? `${item.identity.name} had ${item.entitlement.name} in ${item.connector.name} before this request and does not have it now. Give it back, then cancel again.`
      : `${item.identity.name} has ${item.entitlement.name} in ${item.connector.name}, which was not there before this request. Remove it, then cancel again.`;
  });
  return `This request cannot be cancelled yet. ${parts.join(' ')}`;
}

function clockTime(at: string): string {
  return `${at.slice(11, 19)} UTC`;
}

const sentences: Record<
  Exclude<
    DenialCode,
    'problems' | 'not-approved' | 'approver-inactive' | 'approver-unknown' | 'period-over' | 'period-not-begun'
  >,
  string
> = {
  'not-registered':
    'Proofgate has not registered this request yet. Wait a moment, open the Access panel and try again.',
  'content-changed':
    'What is asked for was changed on this issue and is being checked again. Approvals given before may not count. Open the Access panel, then try again.',
  'changed-on-screen':
    'This transition changes what was approved. Change the fields on the issue first; they must be approved again.',
  declined: 'This request was declined. Reopen it to ask again.',
  lapsed: 'The approvals of this request have lapsed. Ask for approval again from the Access panel.',
  'not-proven': 'The target system does not prove the change. Open the Access panel and press "Verify now".',
  unreadable: 'The target system could not be read, so nothing is known. Try again in a few minutes.',
  'differs-from-baseline': 'The target is not as it was before this request. Bring it back, then cancel again.',
  'removal-not-called-off':
    'A removal is cancelled only by a decision of the governance owner. Ask the governance owner to call it off in the Access panel.',
  'attestation-outranked':
    'Two people attested this change, but its target has a reader by now, and no attestation outranks a reading. Ask for approval again in the Access panel, so that the request is for the target as it is connected today.',
  unavailable:
    'Proofgate could not check this request because a service it depends on did not answer. Nothing was changed. Try again in a minute.',
  'too-slow': 'Proofgate could not finish its check in time. Nothing was changed. Try again in a minute.',
};
