import { tzOffset } from '@date-fns/tz/tzOffset';

/** When the local clocks of one zone show what. Instants and local times are milliseconds, local ones as if in UTC. */
export interface TimeZone {
  /** What the local clock shows at an instant. */
  localAt(instant: number): number;
  /**
   * The first instant at which the local clock shows `local` or more. A time that does not exist, because the clock was
   * put forward over it, is therefore moved to the first one that does; of one that exists twice it is the first.
   */
  firstReading(local: number): number;
  /**
   * The instant up to which the local clock shows less than `local`, for the last time. A time that does not exist is
   * moved forward as above; of one that exists twice it is the second.
   */
  lastReading(local: number): number;
}

/** A stretch of time in which the zone keeps one offset to UTC: from `from`, before `until`. */
interface Span {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

const minute = 60_000;
const day = 86_400_000;
/** Since 1970 no zone has changed its offset twice within seven days, so a piece of four days holds one change at most. */
const pieceLength = 4 * day;
/** More than any zone is, or in the last hundred years was, away from UTC (Kiritimati +14, Baker Island -12). */
const furthestOffset = 15 * 60 * minute;
const zoneLimit = 50;
const pieceLimit = 2_000;

/**
 * What the platform was asked before: asking it once takes as long as walking through a working month. The rules of
 * zones are public knowledge, so that all customers of a process may share them; both limits keep it within a few
 * megabytes. Names are in lower case because they are not case-sensitive: otherwise one zone could fill it.
 */
const known = new Map<string, TimeZone>();

/** Whether the platform knows a zone of this name, as the IANA database spells it: `Europe/Berlin`, `UTC`. */
export function isTimeZone(name: string): boolean {
  // Offsets (`+05:30`) are zones to some platforms only, and never have a summer.
  if (!/^[a-z][a-z0-9_+/-]{0,63}$/i.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

/** The zone of a name. Throws a RangeError when there is none. */
export function timeZone(name: string): TimeZone {
  const key = name.toLowerCase();
  const found = known.get(key);
  if (found) return found;
  if (!isTimeZone(name)) throw new RangeError(`"${name}" is no time zone`);
  for (const oldest of known.keys()) {
    if (known.size < zoneLimit) break;
    known.delete(oldest);
  }
  const zone = zoneOver(spansOf(key));
  known.set(key, zone);
  return zone;
}

function zoneOver(spanAt: (instant: number) => Span): TimeZone {
  return {
    localAt: (instant) => instant + spanAt(instant).offset,
    firstReading: (local) => {
      for (let span = spanAt(local - furthestOffset); ; span = spanAt(span.until)) {
        const instant = local - span.offset;
        if (instant < span.until) return Math.max(instant, span.from);
      }
    },
    lastReading: (local) => {
      for (let span = spanAt(local + furthestOffset); ; span = spanAt(span.from - 1)) {
        const instant = local - span.offset;
        if (instant > span.from) return Math.min(instant, span.until);
      }
    },
  };
}

/** The span that an instant lies in. Spans end at a change of the offset, or where a piece does. */
function spansOf(name: string): (instant: number) => Span {
  const pieces = new Map<number, readonly [Span, Span?]>();
  return (instant) => {
    const number = Math.floor(instant / pieceLength);
    let piece = pieces.get(number);
    if (!piece) {
      if (pieces.size >= pieceLimit) pieces.clear();
      piece = spansWithin(name, number * pieceLength);
      pieces.set(number, piece);
    }
    const [first, second] = piece;
    return second && instant >= second.from ? second : first;
  };
}

function spansWithin(name: string, from: number): readonly [Span, Span?] {
  const until = from + pieceLength;
  const [before, after] = [offsetAt(name, from), offsetAt(name, until)];
  if (before === after) return [{ from, until, offset: before }];
  // Zones change at whole seconds.
  let [same, other] = [from / 1000, until / 1000];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (offsetAt(name, middle * 1000) === before) same = middle;
    else other = middle;
  }
  const change = other * 1000;
  const first = { from, until: change, offset: before };
  return change === until ? [first] : [first, { from: change, until, offset: after }];
}

/**
 * The package is asked for zones only that `isTimeZone` has accepted: it takes other names for offsets, and keeps what it
 * was asked by name. Its offsets between -01:00 and UTC have the wrong sign; no zone has had one since 1972.
 */
function offsetAt(name: string, instant: number): number {
  const minutes = tzOffset(name, new Date(instant));
  if (!Number.isFinite(minutes)) throw new RangeError(`the time in "${name}" is not known`);
  return Math.round(minutes * minute);
}
