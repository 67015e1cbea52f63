import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, rowsOf, textIn } from '../http/json-fields';
import type { KeystoneClient } from './client';

/** Which roles bring which others along. */
export class ImpliedRoles {
  constructor(
    private readonly brought: ReadonlyMap<string, readonly string[]>,
    private readonly names: ReadonlyMap<string, string>,
  ) {}

  /** The role itself and everything that it brings along, over any number of steps. */
  broughtBy(roleId: string): ReadonlySet<string> {
    const all = new Set([roleId]);
    // A set shows what is added while it is walked through.
    for (const id of all) for (const next of this.brought.get(id) ?? []) all.add(next);
    return all;
  }

  nameOf(roleId: string): string {
    return this.names.get(roleId) ?? roleId;
  }
}

/** Reads them all (`GET role_inferences`, which knows no pages). */
export async function readImpliedRoles(client: KeystoneClient, record: AnswerRecord): Promise<Answer<ImpliedRoles>> {
  const answer = await client.plain(['role_inferences'], {}, record);
  if (!answer.ok) return answer;
  const rules = rowsOf(answer.value['role_inferences']);
  if (!rules) return failed('malformed');
  const brought = new Map<string, readonly string[]>();
  const names = new Map<string, string>();
  for (const rule of rules) {
    const implies = rowsOf(rule['implies']);
    const prior = fieldsOf(rule['prior_role']);
    if (!implies || !prior) return failed('malformed');
    for (const role of [prior, ...implies]) {
      const id = textIn(role, 'id');
      if (id === undefined) return failed('malformed');
      names.set(id, textIn(role, 'name') ?? id);
    }
    brought.set(
      textIn(prior, 'id') ?? '',
      implies.map((role) => textIn(role, 'id') ?? ''),
    );
  }
  return answered(new ImpliedRoles(brought, names));
}
