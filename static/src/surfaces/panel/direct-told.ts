import type { DirectView, ItemView } from '../../../../src/contract/request-view';
import type { Tone } from '../../parts/tone';
import { en, fill } from '../../texts/en';
import type { Moments } from '../../texts/moments';

interface Told {
  readonly tone: Tone;
  readonly title: string;
  readonly text?: string;
}

interface How {
  /** Nothing is done any more with the request. */
  readonly over: boolean;
  readonly now: number;
  readonly moments: Moments;
  /** The request has several items: say which one is meant. */
  readonly titled: boolean;
}

/** What is said about one change that the app makes itself; nothing when nothing came or comes of it. */
export function directTold(item: ItemView, direct: DirectView, { over, now, moments, titled }: How): Told | undefined {
  const words = en.direct;
  const { target, name } = item.entitlement;
  const title = titled ? fill(words.titleItem, { what: name }) : words.title;
  const when = direct.at ? moments.soon(direct.at, now) : '';
  switch (direct.state) {
    case 'made': {
      const text = direct.already ? words.already : over || item.outcome === 'proven' ? words.madeOver : words.made;
      return { tone: 'success', title: titled ? title : words.titleMade, text: fill(text, { target, when }) };
    }
    case 'not-yet':
      return over ? undefined : { tone: 'information', title, text: fill(words.notYet, { target }) };
    case 'planned':
      return over ? undefined : planned(direct, title, target, (iso) => moments.soon(iso, now));
    case 'handed-over': {
      if (over) return undefined;
      if (direct.noSeat) return { tone: 'danger', title: fill(words.noSeatTitle, { target }) };
      const why = { why: direct.why ?? '', n: direct.attempts };
      return {
        tone: 'warning',
        title: words.givenTitle,
        text: fill(direct.attempts > 1 ? words.givenWhyTimes : words.givenWhy, why),
      };
    }
  }
}

function planned(direct: DirectView, title: string, target: string, soon: (iso: string) => string): Told {
  const words = en.direct;
  const { nextAt, attempts, waitsFor, why } = direct;
  if (nextAt === undefined) return { tone: 'information', title, text: fill(words.making, { target }) };
  const when = soon(nextAt);
  if (waitsFor !== undefined)
    return {
      tone: waitsFor === 'its-time' || waitsFor === 'reason-unknown' ? 'information' : 'warning',
      title,
      text: fill(words.waits[waitsFor], { target, when }),
    };
  return {
    tone: 'warning',
    title: fill(words.failedTitle, { why: why ?? '' }),
    text: fill(attempts > 1 ? words.failedTimes : words.failedOnce, { n: attempts, when }),
  };
}
