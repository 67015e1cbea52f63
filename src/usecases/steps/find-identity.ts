import type { Identity } from '../../domain/identity/identity';
import type { ProblemCode } from '../../domain/request/problem';
import { displayText, identifier } from '../../domain/text';
import type { Lookup, Target } from '../ports';

type Stop = (code: ProblemCode, text: string, retry?: boolean) => never;

/**
 * Who is to hold the access: the service account that is named, or the beneficiary, or the requester. Found in the
 * directory by a unique match; people by their Atlassian account, never by e-mail alone.
 */
export async function findIdentity(
  directory: Target,
  asked: {
    readonly beneficiary: unknown;
    readonly serviceAccount: unknown;
    readonly requesterId: string;
    readonly revoke: boolean;
  },
  stop: Stop,
): Promise<{ identity: Identity; ownerAccountId?: string }> {
  const beneficiary = typeof asked.beneficiary === 'string' ? asked.beneficiary : undefined;
  if (typeof asked.serviceAccount === 'string' && asked.serviceAccount.trim() !== '') {
    const login = identifier(asked.serviceAccount);
    if (!login.ok)
      return stop(
        'identifier-refused',
        `Service account holds characters that cannot be seen or told apart (${displayText(asked.serviceAccount, 80)}). Type the name again.`,
      );
    const identity = one(
      await directory.identityByLogin(login.value),
      `the service account "${displayText(login.value, 80)}"`,
      stop,
    );
    if (identity.kind === 'person')
      return stop(
        'identity-unknown',
        `"${displayText(login.value, 80)}" is a person. Choose people in Beneficiary and leave Service account empty.`,
      );
    inactive(identity, asked.revoke, stop);
    const owner = beneficiary ?? (await ownerOf(directory, identity));
    return { identity, ...(owner ? { ownerAccountId: owner } : {}) };
  }
  const accountId = beneficiary ?? asked.requesterId;
  const identity = one(await directory.identityByAccountId(accountId), 'the beneficiary', stop);
  inactive(identity, asked.revoke, stop);
  return { identity };
}

function one(found: Lookup<Identity>, whom: string, stop: Stop): Identity {
  switch (found.found) {
    case 'one':
      return found.value;
    case 'none':
      return stop(
        'identity-unknown',
        `The directory does not know ${whom}. Ask the service desk to match the person in the directory.`,
      );
    case 'many':
      return stop(
        'identity-ambiguous',
        `The directory knows several identities for ${whom}. A person must say which one is meant.`,
      );
    case 'unreadable':
      return stop('directory-unreadable', 'The directory could not be read. This is tried again by itself.', true);
  }
}

function inactive(identity: Identity, revoke: boolean, stop: Stop): void {
  if (!identity.active && !revoke)
    stop('identity-inactive', `${identity.name} is deactivated in the directory and cannot be given access.`);
}

async function ownerOf(directory: Target, identity: Identity): Promise<string | undefined> {
  if (identity.managerId === undefined) return undefined;
  const owner = await directory.identityById(identity.managerId);
  return owner.found === 'one' ? owner.value.accountId : undefined;
}
