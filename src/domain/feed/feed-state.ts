import { parseInstant, type Instant } from '../instant';

/** What is signed beside the body: what the whole feed is, and which part of it this is. */
export interface FeedEnvelope {
  /** The instant at which the application's list was true. */
  readonly asOf: Instant;
  /** Rows of the whole feed, over all its parts. */
  readonly rows: number;
  readonly part: number;
  readonly parts: number;
}

/** The most that a feed may be. */
export const feedLimits = { bytes: 2_000_000, rows: 250_000, parts: 12 } as const;

/** The texts of an envelope as they were sent. */
export type EnvelopeTexts = { readonly [K in 'asOf' | 'rows' | 'part']: string };

/** What the signature covers after timestamp and nonce. The first line says what it is: no other message can pass for it. */
export function feedText({ asOf, rows, part }: EnvelopeTexts, body: string): string {
  return `proofgate-feed-1\n${asOf}\n${rows}\n${part}\n${body}`;
}

/** The envelope, or undefined when one of its texts says nothing that a feed may be. */
export function envelopeOf(texts: EnvelopeTexts): FeedEnvelope | undefined {
  const asOf = parseInstant(texts.asOf);
  const rows = /^[1-9]\d{0,6}$/.test(texts.rows) ? Number(texts.rows) : 0;
  const [part = 0, parts = 0] = /^[1-9]\d?\/[1-9]\d?$/.test(texts.part) ? texts.part.split('/').map(Number) : [];
  const sound = asOf !== undefined && rows >= 1 && rows <= feedLimits.rows && part <= parts && parts >= 1;
  return sound && parts <= feedLimits.parts ? { asOf, rows, part, parts } : undefined;
}

/** One part as it is stored: which of its rows exist, so that a missing one is never taken for an empty one. */
export interface FeedPart {
  /** SHA-256 of its body. */
  readonly hash: string;
  readonly rows: number;
  readonly stored: boolean;
  /** Names of its stored rows. */
  readonly names: string;
}

/** One feed, whole or in the making. */
export interface FeedGeneration {
  readonly id: string;
  readonly asOf: Instant;
  readonly rows: number;
  readonly parts: number;
  readonly taken: Readonly<Record<string, FeedPart>>;
}

/** Rows of a part that nobody needs any more. */
export interface FeedGarbage {
  readonly generation: string;
  readonly part: number;
  readonly content: FeedPart;
}

/** Why a genuine feed was refused. */
export type FeedProblem =
  | 'malformed'
  | 'count'
  | 'future'
  | 'outdated'
  | 'changed'
  | 'too-large'
  /** A row is in two parts, or two parts contradict each other. */
  | 'parts-disagree';

/** All that is known of a connector's feeds. */
export interface FeedState {
  readonly current?: FeedGeneration & { readonly takenAt: Instant };
  readonly pending?: FeedGeneration;
  readonly garbage: readonly FeedGarbage[];
  readonly refused?: {
    readonly at: Instant;
    readonly problem: FeedProblem;
    readonly part?: number;
    readonly line?: number;
  };
  /** When a message with a wrong signature was last written down. */
  readonly forgedAt?: Instant;
}

export const noFeeds: FeedState = { garbage: [] };

/** What comes of a part before it is stored. */
export type Beginning =
  | { readonly begins: 'store'; readonly state: FeedState; readonly generation: FeedGeneration }
  /** It is stored already; `whole` when the feed it belongs to is. */
  | { readonly begins: 'known'; readonly whole: boolean }
  | { readonly begins: 'refused'; readonly state: FeedState; readonly problem: FeedProblem };

/**
 * Takes in a part that was understood. Refused is what is not newer than what is known (a part of the feed in the making is
 * as new as that), and a part that differs from itself. A newer feed takes the place of an unfinished one.
 */
export function beginPart(
  state: FeedState,
  envelope: FeedEnvelope,
  part: Omit<FeedPart, 'stored'>,
  now: Instant,
  newId: string,
): Beginning {
  const { asOf, rows, part: number, parts } = envelope;
  const refuse = (problem: FeedProblem): Beginning => ({
    begins: 'refused',
    problem,
    state: refusedFeed(state, problem, envelope, now),
  });
  if (asOf > now) return refuse('future');
  if (parts === 1 && part.rows !== rows) return refuse('count');
  const { current, pending } = state;
  if (current?.asOf === asOf && current.taken[number]?.hash === part.hash && current.parts === parts)
    return { begins: 'known', whole: true };
  if (current && asOf <= current.asOf) return refuse('outdated');
  if (pending && asOf < pending.asOf) return refuse('outdated');
  const joins = pending !== undefined && pending.asOf === asOf;
  if (joins && (pending.rows !== rows || pending.parts !== parts)) return refuse('changed');
  const before = joins ? pending.taken[number] : undefined;
  if (before?.stored === true) return before.hash === part.hash ? { begins: 'known', whole: false } : refuse('changed');
  const open: FeedGeneration = joins ? pending : { id: newId, asOf, rows, parts, taken: {} };
  const generation = { ...open, taken: { ...open.taken, [number]: { ...part, stored: false } } };
  // What an attempt that broke off has written of another body is in nobody's way, and is removed.
  const left = before && before.hash !== part.hash ? [{ generation: open.id, part: number, content: before }] : [];
  const replaced = !joins && pending ? garbageOf(pending) : [];
  return {
    begins: 'store',
    generation,
    state: { ...state, pending: generation, garbage: [...state.garbage, ...replaced, ...left] },
  };
}

/** What comes of a part once its rows are stored. */
export type Ending =
  | { readonly ends: 'part'; readonly state: FeedState }
  | { readonly ends: 'whole'; readonly state: FeedState; readonly whole: FeedGeneration }
  | { readonly ends: 'refused'; readonly state: FeedState; readonly problem: FeedProblem };

/** Counts a part as stored. With the last one the feed takes the place of the one before, if every row is there. */
export function endPart(state: FeedState, generationId: string, envelope: FeedEnvelope, now: Instant): Ending {
  const { pending, current } = state;
  const part = pending?.taken[envelope.part];
  // A newer feed has begun meanwhile.
  if (pending?.id !== generationId || part === undefined) return { ends: 'refused', state, problem: 'outdated' };
  const whole: FeedGeneration = { ...pending, taken: { ...pending.taken, [envelope.part]: { ...part, stored: true } } };
  const stored = Object.values(whole.taken).filter((known) => known.stored);
  const counted = stored.reduce((sum, { rows }) => sum + rows, 0);
  if (counted > whole.rows || (stored.length === whole.parts && counted !== whole.rows))
    return { ends: 'refused', problem: 'count', state: refusedFeed(state, 'count', envelope, now) };
  if (stored.length < whole.parts) return { ends: 'part', state: { ...state, pending: whole } };
  const { pending: _done, refused: _over, ...rest } = state;
  return {
    ends: 'whole',
    whole,
    state: {
      ...rest,
      current: { ...whole, takenAt: now },
      garbage: [...state.garbage, ...(current ? garbageOf(current) : [])],
    },
  };
}

/** A feed one part of which is refused is refused as a whole; the one before stays. */
export function refusedFeed(
  state: FeedState,
  problem: FeedProblem,
  where: Pick<FeedEnvelope, 'asOf' | 'part'> | undefined,
  now: Instant,
  line?: number,
): FeedState {
  const { pending, ...rest } = state;
  const itself = pending !== undefined && pending.asOf === where?.asOf;
  return {
    ...rest,
    ...(pending && !itself ? { pending } : {}),
    garbage: [...state.garbage, ...(pending && itself ? garbageOf(pending) : [])],
    refused: {
      at: now,
      problem,
      ...(where ? { part: where.part } : {}),
      ...(line === undefined ? {} : { line }),
    },
  };
}

function garbageOf(generation: FeedGeneration): readonly FeedGarbage[] {
  return Object.entries(generation.taken).map(([part, content]) => ({
    generation: generation.id,
    part: Number(part),
    content,
  }));
}
