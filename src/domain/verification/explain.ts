import type { Item } from '../request/access-request';
import type { Judgement, Observation, ReadFailure, VerdictReason } from './judge';

type Named = Pick<Item, 'changeKind' | 'identity' | 'entitlement' | 'connector'>;

/** What must be in the target, in a few words: "member of Finance Approvers". */
export function describeExpected(item: Named): string {
  switch (item.changeKind) {
    case 'grant':
      return `member of ${item.entitlement.name}`;
    case 'revoke':
      return `not a member of ${item.entitlement.name}, neither directly nor through another path`;
    case 'modify': {
      const gone = item.entitlement.replaces.map((r) => r.name).join(', ');
      return `member of ${item.entitlement.name}${gone ? ` and no longer of ${gone}` : ''}`;
    }
  }
}

/** What the target showed, in a few words. Never the target's own text: that may be hostile. */
export function describeObserved(item: Named, seen: Observation, judged: Judgement): string {
  switch (seen.hold) {
    case 'direct': {
      const left = item.entitlement.replaces.filter(
        (r) => seen.replaced[r.entitlementId] === 'direct' || seen.replaced[r.entitlementId] === 'indirect',
      );
      const still = left.length > 0 ? `, and still of ${left.map((r) => r.name).join(', ')}` : '';
      return `member of ${item.entitlement.name}${still}${seen.account === 'inactive' ? '; the account is deactivated' : ''}`;
    }
    case 'indirect':
      return `holds ${item.entitlement.name} through ${seen.through.length > 0 ? seen.through.join(' > ') : 'another group'}`;
    case 'pending':
      return 'waiting inside the target';
    case 'none':
      return seen.account === 'gone'
        ? 'the account does not exist any more'
        : `not a member of ${item.entitlement.name}`;
    case 'unknown':
      return `nothing is known: ${failureWords[(judged.reason in failureWords ? judged.reason : 'incomplete') as ReadFailure]}`;
  }
}

const failureWords: Record<ReadFailure, string> = {
  unreachable: 'the target could not be reached',
  timeout: 'the target did not answer in time',
  'not-approved': 'this site has not approved the connection to the target',
  'refused-credentials': 'the target refused the app’s credentials',
  forbidden: 'the target does not let the app see this',
  'rate-limited': 'the target asked the app to slow down',
  'server-error': 'the target reported an internal error',
  redirected: 'the target sent the app somewhere else, which it does not follow',
  'too-large': 'the target answered more than can be read',
  'not-json': 'the target did not answer in its protocol',
  malformed: 'the target’s answer makes no sense',
  incomplete: 'the target’s answer was not complete',
  'not-found': 'the target does not know this entitlement',
  'bad-request': 'the target did not accept the question',
  'no-account': 'no account of this person was found in the target',
  'no-secret': 'the connector has no secret',
  'origin-changed': 'the connector points to another address than the one that was approved',
  'secret-too-old': 'the connector’s secret is older than this site allows',
  'no-reader': 'this target has no reader',
  'no-seat': 'the target has no free seat',
  'relay-silent': 'the relay in the company’s network has not answered yet',
  'feed-too-old': 'no feed has arrived that is new enough',
};

const failureAdvice: Partial<Record<ReadFailure, string>> = {
  'not-approved': 'A Jira admin approves the address on the Proofgate admin page.',
  'refused-credentials': 'A Jira admin enters a valid secret on the Proofgate admin page.',
  forbidden: 'A Jira admin gives the connector’s credentials the right to read members.',
  'not-found': 'A Jira admin checks the catalogue entry against the target.',
  'no-account': 'Create the account in the target first, then verify again.',
  'no-secret': 'A Jira admin enters the secret on the Proofgate admin page.',
  'secret-too-old': 'A Jira admin makes a new secret in the target and enters it on the Proofgate admin page.',
  'no-reader': 'Two people attest what they saw in the target.',
  'no-seat': 'The owner of the target buys or frees a seat; then verify again.',
  'relay-silent': 'Wait a minute. If it stays so, somebody looks whether the relay runs.',
  'feed-too-old': 'Wait for the next feed of this target; it is read by itself.',
  'origin-changed': 'A Jira admin checks the connector; the request must be approved for the new address.',
};

/** A class of failure in a few words, as the second half of a sentence. */
export function describeFailure(failure: ReadFailure): string {
  return failureWords[failure];
}

/** Why a reading does not prove the change, as a sentence, and what to do next. */
export function explainReading(
  item: Named,
  reason: VerdictReason | string,
): { readonly because: string; readonly todo: string } {
  const who = item.identity.name;
  const what = item.entitlement.name;
  const where = item.connector.name;
  const give = item.entitlement.instructions.grant || `Add ${who} (${item.identity.login}) to ${what} in ${where}.`;
  const take =
    item.entitlement.instructions.revoke || `Remove ${who} (${item.identity.login}) from ${what} in ${where}.`;
  switch (reason) {
    case 'not-held':
      return { because: `${who} does not have ${what} in ${where} yet.`, todo: `${give} Then verify again.` };
    case 'account-gone':
      return {
        because: `The account of ${who} does not exist in ${where} any more.`,
        todo: 'Create the account in the target, then verify again.',
      };
    case 'still-held':
      return { because: `${who} still has ${what} in ${where}.`, todo: `${take} Then verify again.` };
    case 'held-through-another-path':
      return item.changeKind === 'revoke'
        ? {
            because: `${who} still has ${what} in ${where} through another group.`,
            todo: 'Remove the other path too, then verify again.',
          }
        : {
            because: `${who} has ${what} in ${where} only through another group, not by itself.`,
            todo: `${give} Then verify again.`,
          };
    case 'previous-level-remains':
      return {
        because: `${who} has ${what} in ${where}, but the previous level is still there.`,
        todo: `Remove ${item.entitlement.replaces.map((r) => r.name).join(', ')} from ${who}, then verify again.`,
      };
    case 'account-inactive':
      return {
        because: `${who} has ${what}, but the account in ${where} is deactivated.`,
        todo: 'Activate the account or decline the request.',
      };
    case 'waiting-in-target':
      return {
        because: `The change is waiting inside ${where} (an invitation or an approval).`,
        todo: 'Have it accepted there, then verify again.',
      };
    case 'no-account':
      return item.changeKind === 'revoke'
        ? {
            because: `${who} has no account in ${where}, so there is nothing to remove.`,
            todo: 'Have a governance owner call the removal off, or verify again if there should be an account.',
          }
        : unread(item, reason);
    case 'held':
    case 'gone':
      return { because: 'The target proves the change.', todo: '' };
    default:
      return unread(item, reason);
  }
}

function unread(item: Named, reason: string): { readonly because: string; readonly todo: string } {
  const failure = reason as ReadFailure;
  const words = failureWords[failure] ?? 'the reading failed';
  return {
    because: `${item.connector.name} could not be read: ${words}. Nothing is known.`,
    todo: failureAdvice[failure] ?? 'Try again in a few minutes; the clock keeps running.',
  };
}
