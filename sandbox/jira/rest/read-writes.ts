import { fieldById } from '../fields/catalogue';
import { isObject } from '../http/body';
import type { IssueRecord } from '../records';
import { Refusal } from '../refusal';
import type { Site } from '../site-state';

/** `fields` and `update` of an edit as one set of wanted values. `add` and `remove` work on lists of what is there. */
export function readWrites(site: Site, issue: IssueRecord, body: Record<string, unknown>): Record<string, unknown> {
  const wanted: Record<string, unknown> = isObject(body['fields']) ? { ...body['fields'] } : {};
  const update = isObject(body['update']) ? body['update'] : {};
  for (const [id, verbs] of Object.entries(update)) {
    if (id in wanted) {
      throw new Refusal(400, [], { [id]: `Field '${id}' cannot appear in both 'fields' and 'update'` });
    }
    if (!Array.isArray(verbs)) throw new Refusal(400, [], { [id]: 'An update is a list of operations.' });
    for (const verb of verbs as unknown[]) wanted[id] = applyVerb(site, issue, id, wanted[id], verb);
  }
  return wanted;
}

function applyVerb(site: Site, issue: IssueRecord, id: string, sofar: unknown, verb: unknown): unknown {
  if (isObject(verb)) {
    if ('set' in verb) return verb['set'];
    const field = fieldById(id);
    if (field?.type.schema.items !== undefined && ('add' in verb || 'remove' in verb)) {
      const stored = issue.values[id] ?? null;
      const list = (sofar ?? (stored === null ? [] : field.type.platform(stored, site, issue.creator))) as unknown[];
      return 'add' in verb ? [...list, verb['add']] : list.filter((item) => !same(item, verb['remove']));
    }
  }
  throw new Refusal(400, [], { [id]: `Field '${id}' does not support this operation.` });
}

function same(item: unknown, other: unknown): boolean {
  return isObject(item) && isObject(other) ? item['accountId'] === other['accountId'] : item === other;
}
