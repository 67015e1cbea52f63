import { canonicalHash, type Json } from '../../domain/canonical';
import type { ConfigChange, ConfigDocuments, ConfigKind, Ports, Stored } from '../ports';

export type SaveResult<K extends ConfigKind> =
  | { readonly saved: true; readonly rev: number }
  | { readonly saved: false; readonly current: Stored<ConfigDocuments[K]> | undefined };

/**
 * Saves one configuration document with its audit entry. `expectedRev` is what the person's screen showed: when somebody
 * else saved meanwhile nothing is overwritten, and the newer document comes back.
 */
export async function saveDocument<K extends ConfigKind>(
  ports: Pick<Ports, 'configuration' | 'people' | 'clock'>,
  asked: {
    readonly kind: K;
    readonly id: string;
    readonly value: ConfigDocuments[K];
    readonly expectedRev: number;
    readonly accountId: string;
    /** What the audit entry says beside the change itself. */
    readonly facts?: ConfigChange['facts'];
  },
): Promise<SaveResult<K>> {
  const { [asked.accountId]: actor = 'unknown' } = await ports.people.refs([asked.accountId], {});
  const before = await ports.configuration.get(asked.kind, asked.id);
  const facts = [
    {
      fact: before ? 'changed' : 'created',
      document: asked.kind,
      id: asked.id,
      before: before ? canonicalHash(before.value as unknown as Json) : null,
      after: canonicalHash(asked.value as unknown as Json),
      members: changedMembers(before?.value, asked.value),
    },
    ...(asked.facts ?? []),
  ];
  const saved = await ports.configuration.save(asked.kind, asked.id, asked.value, asked.expectedRev, {
    at: ports.clock.now(),
    actor,
    facts,
  });
  return saved
    ? { saved: true, rev: asked.expectedRev + 1 }
    : { saved: false, current: await ports.configuration.get(asked.kind, asked.id) };
}

function changedMembers(before: object | undefined, after: object): string[] {
  const old = (before ?? {}) as Record<string, Json>;
  const now = after as Record<string, Json>;
  const same = (key: string) =>
    old[key] !== undefined && now[key] !== undefined && canonicalHash(old[key]) === canonicalHash(now[key]);
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => !same(key)).sort();
}
