import type { ReadFailure } from '../../../domain/verification/judge';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { textOf } from './attributes';
import type { ScimClient } from './client';
import { declaresShown } from './declared-schema';
import { groupOf, type Group, type Member } from './group';

/** After these, another request would meet the same answer. */
export const hopeless: ReadonlySet<ReadFailure> = new Set([
  'unreachable',
  'timeout',
  'not-approved',
  'refused-credentials',
  'forbidden',
  'rate-limited',
]);

/** Reads groups with their members, each at most once, and what is in them. */
export class GroupReader {
  private readonly read = new Map<string, Promise<Answer<Group>>>();
  private groupIds: Promise<Answer<ReadonlySet<string>>> | undefined;
  private silence: Promise<Answer<'nobody' | 'nothing'>> | undefined;

  constructor(
    private readonly client: ScimClient,
    private readonly record: AnswerRecord,
    /** The most that is read of one group; one with more is `too-large`. Absent: what the budget has left. */
    private readonly maxBytes?: number,
  ) {}

  /** A group with its members; asked for by name where the server shows them only then. */
  group(id: string): Promise<Answer<Group>> {
    const known = this.read.get(id);
    if (known) return known;
    const read = this.readGroup(id);
    this.read.set(id, read);
    return read;
  }

  /** The groups in a group. Members of unsaid kind are groups when the target has a group of that id. */
  async innerGroups(group: Group): Promise<Answer<readonly string[]>> {
    const members: readonly Member[] = group.members === 'absent' ? [] : group.members;
    const unsaid = members.some((member) => member.kind === 'unsaid');
    const known = unsaid ? await (this.groupIds ??= this.readGroupIds()) : answered(new Set<string>());
    if (!known.ok) return known;
    return answered(
      members
        .filter(({ id, kind }) => kind === 'group' || (kind === 'unsaid' && known.value.has(id)))
        .map(({ id }) => id),
    );
  }

  /**
   * What it means that neither a group shows members nor the account shows groups. `nobody` only where the server's own
   * schemas promise that both attributes are shown when there is something in them: two promises, because the silence
   * of one attribute alone is also what a server looks like that hides it.
   */
  silenceMeans(): Promise<Answer<'nobody' | 'nothing'>> {
    return (this.silence ??= this.readSilence());
  }

  private async readGroup(id: string): Promise<Answer<Group>> {
    const plain = await this.groupAs(id);
    if (!plain.ok || plain.value.members !== 'absent') return plain;
    // Some servers show members only when asked by name. One that cannot do that has already answered.
    const asked = await this.groupAs(id, 'id,displayName,members');
    return asked.ok || hopeless.has(asked.failure) || asked.failure === 'too-large' ? asked : plain;
  }

  private async groupAs(id: string, attributes?: string): Promise<Answer<Group>> {
    const resource = await this.client.get('Groups', id, this.record, attributes, this.maxBytes);
    if (!resource.ok) return resource;
    const group = groupOf(resource.value);
    return group ? answered(group) : failed('malformed');
  }

  private async readGroupIds(): Promise<Answer<ReadonlySet<string>>> {
    const listed = await this.client.list('Groups', { attributes: 'id' }, this.record);
    if (!listed.ok) return listed;
    if (!listed.value.complete) return failed(listed.value.failure ?? 'incomplete');
    return answered(new Set(listed.value.rows.map((row) => textOf(row, 'id') ?? '')));
  }

  private async readSilence(): Promise<Answer<'nobody' | 'nothing'>> {
    const schemas = await this.client.page('Schemas', {}, 'as-the-server-likes', this.record);
    if (!schemas.ok) return hopeless.has(schemas.failure) ? schemas : answered('nothing');
    const { rows } = schemas.value;
    return answered(declaresShown(rows, 'groupMembers') && declaresShown(rows, 'userGroups') ? 'nobody' : 'nothing');
  }
}
