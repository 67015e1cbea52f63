import { canonicalJson } from '../canonical';
import type { Instant } from '../instant';
import type { Digest } from './digest';

/** A digest as it stands outside of the app's storage. */
export interface AnchoredDigest {
  readonly seq: number;
  readonly hash: string;
  readonly at: Instant;
}

const word = 'proofgate-digest';

/** The one line that is written on the anchor issue, made to be copied by a person. */
export function anchorLine(digest: AnchoredDigest): string {
  return `${word} ${digest.seq} ${digest.hash} ${digest.at}`;
}

/** What is sent to an outbound address: one line of canonical JSON, the digest without the heads. */
export function anchorMessage(digest: Digest): string {
  const { v, series, seq, at, from, to, previous, size, root, hash } = digest;
  return canonicalJson({ kind: word, v, series, seq, at, from, to, previous, size, root, hash });
}

export type AnchorReading =
  | { readonly ok: true; readonly anchored: ReadonlyArray<AnchoredDigest & { readonly line: number }> }
  | { readonly ok: false; readonly line?: number; readonly problem: string };

const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/**
 * Reads what somebody copied from the anchor: lines of the issue, or the JSON lines that an address received. Other text
 * is passed over; a digest that is damaged is a problem, because passing over the newest would hide a rollback.
 */
export function readAnchors(text: string): AnchorReading {
  const anchored: Array<AnchoredDigest & { line: number }> = [];
  for (const [index, content] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    for (const found of digestsIn(content)) {
      if (!found) return { ok: false, line, problem: 'holds a digest that is damaged. Copy it again' };
      anchored.push({ ...found, line });
    }
  }
  return anchored.length > 0 ? { ok: true, anchored } : { ok: false, problem: 'holds no digest' };
}

function digestsIn(content: string): Array<AnchoredDigest | undefined> {
  if (content.trimStart().startsWith('{')) {
    const json = parsed(content);
    if (json === undefined) return content.includes(word) ? [undefined] : [];
    return json.kind === word ? [digest(json.seq, json.hash, json.at)] : [];
  }
  return [...content.matchAll(/proofgate-digest\s+(\d\S*)(?:\s+(\S+))?(?:\s+(\S+))?/g)].map(([, seq = '', hash, at]) =>
    digest(/^[1-9]\d{0,9}$/.test(seq) ? Number(seq) : undefined, hash, at),
  );
}

function digest(seq: unknown, hash: unknown, at: unknown): AnchoredDigest | undefined {
  const good =
    Number.isSafeInteger(seq) &&
    (seq as number) > 0 &&
    typeof hash === 'string' &&
    /^[0-9a-f]{64}$/.test(hash) &&
    typeof at === 'string' &&
    instantForm.test(at);
  return good ? { seq: seq as number, hash, at } : undefined;
}

function parsed(content: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(content) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
