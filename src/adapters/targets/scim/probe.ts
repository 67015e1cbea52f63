import { randomBytes } from 'node:crypto';
import { displayText } from '../../../domain/text';
import type { ReadFailure } from '../../../domain/verification/judge';
import type { ProbeStep } from '../../../usecases/ports';
import { AnswerRecord } from '../http/answer-record';
import { textOf } from './attributes';
import { bearer, type SignIn } from './auth';
import type { ScimClient } from './client';
import { declaresShown } from './declared-schema';
import { groupOf } from './group';

type StepName = ProbeStep['step'];

const order: readonly StepName[] = ['reach', 'sign-in', 'wrong-secret-refused', 'find-people', 'read-groups'];

/** Failures that mean that no answer of the server itself came back. */
const unanswered: ReadonlySet<ReadFailure> = new Set([
  'unreachable',
  'timeout',
  'not-approved',
  'redirected',
  'no-secret',
  'origin-changed',
]);

/** How many groups are looked at for visible members; empty groups are left out by some servers' rules. */
const groupsLookedAt = 3;

/** The live test when nothing could be asked. */
export function probedNothing(failure: ReadFailure): readonly ProbeStep[] {
  return allSteps([{ step: 'reach', ok: false, text: advice[failure] }]);
}

/** The live test of a connector: every step in its order, each with a sentence that says what to do next. */
export async function probe(clientWith: (signIn?: SignIn) => ScimClient): Promise<readonly ProbeStep[]> {
  const record = new AnswerRecord();
  const client = clientWith();
  const people = await client.page('Users', {}, { startIndex: 1, count: 1 }, record);
  if (!people.ok && unanswered.has(people.failure)) return probedNothing(people.failure);
  const steps: ProbeStep[] = [{ step: 'reach', ok: true, text: 'The server answers.' }];

  if (!people.ok) return allSteps([...steps, { step: 'sign-in', ok: false, text: advice[people.failure] }]);
  steps.push({ step: 'sign-in', ok: true, text: 'The server accepts the secret.' });

  steps.push(await refusesWrongSecret(clientWith(bearer(randomBytes(24).toString('base64url'))), record));
  steps.push(
    people.value.rows.some((row) => textOf(row, 'id') !== undefined)
      ? { step: 'find-people', ok: true, text: 'People can be read.' }
      : {
          step: 'find-people',
          ok: false,
          text: 'The server shows no people. Give the secret the right to read users, or assign people to the app in the target.',
        },
  );
  steps.push(await readsGroups(client, record));
  return allSteps(steps);
}

async function refusesWrongSecret(client: ScimClient, record: AnswerRecord): Promise<ProbeStep> {
  const step = 'wrong-secret-refused';
  const answer = await client.page('Users', {}, { startIndex: 1, count: 1 }, record);
  if (answer.ok) {
    return {
      step,
      ok: false,
      text: 'The server also answers a made-up secret. Anyone can read it, so its answers prove nothing: switch authentication on in the target.',
    };
  }
  return answer.failure === 'refused-credentials' || answer.failure === 'forbidden'
    ? { step, ok: true, text: 'The server refuses a made-up secret.' }
    : {
        step,
        ok: false,
        text: `Whether the server refuses a made-up secret could not be found out. ${advice[answer.failure]}`,
      };
}

async function readsGroups(client: ScimClient, record: AnswerRecord): Promise<ProbeStep> {
  const step = 'read-groups';
  const groups = await client.page(
    'Groups',
    { attributes: 'id,displayName' },
    { startIndex: 1, count: groupsLookedAt },
    record,
  );
  if (!groups.ok) return { step, ok: false, text: `Groups cannot be read. ${advice[groups.failure]}` };
  const ids = groups.value.rows.map((row) => textOf(row, 'id')).filter((id) => id !== undefined);
  if (ids.length === 0) {
    return {
      step,
      ok: false,
      text: 'The server shows no groups. Give the secret the right to read groups, or create the first group.',
    };
  }
  let name = '';
  for (const id of ids.slice(0, groupsLookedAt)) {
    for (const attributes of [undefined, 'id,displayName,members']) {
      const resource = await client.get('Groups', id, record, attributes);
      if (!resource.ok)
        return {
          step,
          ok: false,
          text: `Groups are listed, but one of them cannot be read. ${advice[resource.failure]}`,
        };
      const group = groupOf(resource.value);
      if (!group)
        return {
          step,
          ok: false,
          text: `Groups are listed, but one of them cannot be understood. ${advice.malformed}`,
        };
      if (group.members !== 'absent') return { step, ok: true, text: 'Groups and their members can be read.' };
      name = displayText(group.name, 80);
    }
  }
  const schemas = await client.page('Schemas', {}, 'as-the-server-likes', record);
  if (schemas.ok && declaresShown(schemas.value.rows, 'groupMembers')) {
    return {
      step,
      ok: true,
      text: 'Groups can be read. The first ones are empty; the server says that it shows members where there are some.',
    };
  }
  return {
    step,
    ok: false,
    text: `The server does not show who is a member of “${name}”. Let the secret read group members, or put somebody into a group and test again: without members, removals can be proven only where users show their groups.`,
  };
}

/** All five steps; those that were not reached say so. */
function allSteps(done: readonly ProbeStep[]): readonly ProbeStep[] {
  return order.map(
    (step) =>
      done.find((known) => known.step === step) ?? {
        step,
        ok: false,
        text: 'Not tested: the step before has to work first.',
      },
  );
}

const advice: Readonly<Record<ReadFailure, string>> = {
  unreachable:
    'No connection could be made. Check the address, and that the server can be reached from the internet with a valid certificate.',
  timeout: 'The server did not answer in time. Try again, and look at the load of the target if it stays so.',
  'not-approved':
    'This address is not approved for the app. A Jira administrator approves it under the app’s connections.',
  'refused-credentials':
    'The server refuses the secret. Enter a new one from the target, and check that it has not expired.',
  forbidden: 'The server knows the secret, but does not let it read. Give it the right to read users and groups.',
  'rate-limited': 'The server is asked too often at the moment. Wait a minute and test again.',
  'server-error': 'The server reports an error of its own. Look at the target’s log and test again.',
  redirected:
    'The server sends the request to another address. Enter the address where the SCIM service itself answers.',
  'too-large': 'The answer is larger than the app reads. Narrow what the secret may see in the target.',
  'not-json': 'The answer is no SCIM answer. Check the path of the address: it often ends in /scim/v2.',
  malformed:
    'The answer does not follow the SCIM standard. Check the path of the address, and that the target speaks SCIM 2.0.',
  incomplete: 'The answer is not complete. Try again, and check the target’s paging if it stays so.',
  'not-found': 'There is no SCIM service at this address. Check the path: it often ends in /scim/v2.',
  'bad-request':
    'The server does not accept the request. Check the path of the address, and that the target speaks SCIM 2.0.',
  'no-account': 'The account does not exist in the target.',
  'no-secret': 'No secret is stored for this connector. Enter one.',
  'origin-changed': 'The address has changed since the secret was entered. Enter the secret again.',
};
