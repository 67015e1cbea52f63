import type { Connector } from '../../domain/connector';
import type { Account, Identity } from '../../domain/identity/identity';
import type { Lookup, Target } from '../ports';

/**
 * The account of an identity in a target that is not the directory, found as the connector says: by the login, by the part
 * of the login before `@`, or by the employee number. Only a unique match counts. `none` also when the identity has nothing
 * to be found by, such as a service account without an employee number.
 */
export async function findAccount(
  target: Target,
  connector: Pick<Connector, 'accountMatch'>,
  identity: Pick<Identity, 'login' | 'attributes'>,
): Promise<Lookup<Account>> {
  const found = await lookUp(target, connector, identity);
  return found.found === 'one' ? { found: 'one', value: { id: found.value.id, login: found.value.login } } : found;
}

function lookUp(
  target: Target,
  { accountMatch = 'login' }: Pick<Connector, 'accountMatch'>,
  { login, attributes }: Pick<Identity, 'login' | 'attributes'>,
): Promise<Lookup<Identity>> {
  switch (accountMatch) {
    case 'login':
      return target.identityByLogin(login);
    case 'local-part':
      return target.identityByLogin(login.split('@')[0] ?? '');
    case 'employee-number': {
      const number = attributes.employeeNumber ?? '';
      if (number === '') return Promise.resolve({ found: 'none' });
      return (
        target.identityByEmployeeNumber?.(number) ?? Promise.resolve({ found: 'unreadable', failure: 'bad-request' })
      );
    }
  }
}
