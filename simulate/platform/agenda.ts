import type { DeskEvent } from '../desk/desk';

/** Something that Forge will deliver to the app. */
export type Delivery =
  | { readonly kind: 'event'; readonly event: DeskEvent; readonly tries: number }
  | { readonly kind: 'sweep' }
  | { readonly kind: 'job'; readonly issueId: string; readonly rev: number; readonly tries: number };

interface Entry {
  readonly at: number;
  readonly nth: number;
  readonly installation: number;
  readonly delivery: Delivery;
}

/** What is under way to the app, by the instant of its arrival. */
export class Agenda {
  private entries: Entry[] = [];
  private added = 0;

  add(at: number, installation: number, delivery: Delivery): void {
    const entry = { at, nth: this.added++, installation, delivery };
    let place = this.entries.length;
    while (place > 0 && (this.entries[place - 1] as Entry).at > at) place--;
    this.entries.splice(place, 0, entry);
  }

  /** The next delivery that arrives at `until` or before, taken off the agenda. */
  take(until: number): Entry | undefined {
    const first = this.entries[0];
    return first && first.at <= until ? this.entries.shift() : undefined;
  }

  nextAt(): number | undefined {
    return this.entries[0]?.at;
  }
}
