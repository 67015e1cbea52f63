import type { Identity } from '../../../domain/identity/identity';
import type { Lookup } from '../../../usecases/ports';
import type { Answer } from '../http/answer';
import type { GithubUser } from './github-client';

/** A look-up at the very address of a user: nobody there is an answer. */
export function lookupOf(user: Answer<GithubUser>): Lookup<Identity> {
  if (user.ok) return { found: 'one', value: identityOf(user.value) };
  return user.failure === 'not-found' ? { found: 'none' } : { found: 'unreadable', failure: user.failure };
}

function identityOf({ id, login, name, type }: GithubUser): Identity {
  return {
    kind: type === 'Bot' ? 'workload' : 'person',
    id,
    name: name ?? login,
    login,
    // GitHub has no accounts that are switched off and still answer.
    active: true,
    attributes: {},
  };
}
