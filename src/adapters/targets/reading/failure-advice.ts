import type { ConnectorKind } from '../../../domain/connector';
import { connectorKinds } from '../../../domain/connector-kinds';
import type { ReadFailure } from '../../../domain/verification/judge';

/** What an admin does about a class of failure, in a sentence that names the kind of target. */
export function failureAdvice(kind: ConnectorKind): (failure: ReadFailure) => string {
  const { label, address } = connectorKinds[kind];
  const looks = 'example' in address ? ` Check the address: it looks like ${address.example}.` : '';
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
    redirected: 'The server sends the request to another address. Enter the address where the service itself answers.',
    'too-large': 'The answer is larger than the app reads. Narrow what the secret may see in the target.',
    'not-json': `The answer is none of ${label}.${looks}`,
    malformed: `The answer does not have the form that ${label} promises.${looks}`,
    incomplete: 'The answer is not complete. Try again, and check the target’s paging if it stays so.',
    'not-found': `There is no ${label} service at this address.${looks}`,
    'bad-request': `The server does not accept the request.${looks}`,
    'no-account': 'The account does not exist in the target.',
    'no-secret': 'No secret is stored for this connector. Enter one.',
    'origin-changed': 'The address has changed since the secret was entered. Enter the secret again.',
    'secret-too-old': 'The secret is older than this site allows. Make a new one in the target and enter it here.',
    'no-reader': 'Nothing can be read here: two people attest what they saw.',
    'no-seat': 'The target has no free seat. Buy one or free one, then try again.',
    'relay-silent': 'The relay did not answer. Check that it runs and that its clock is right.',
    'feed-too-old': 'No feed has arrived that is new enough. Check the job that sends it.',
  };
  return (failure) => advice[failure];
}
