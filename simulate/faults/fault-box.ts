import type { ReadFailure } from '../../src/domain/verification/judge';
import type { DeliveryFate, Fault, FaultKind, JiraFailure, StorageFailure } from '../script';

export type CallKind = 'storage' | 'jira' | 'target' | 'queue';

/** What happens to one call of the app. */
export type CallFate =
  | { readonly fate: 'crash'; readonly when: 'before' | 'after' }
  | { readonly fate: 'storage'; readonly how: StorageFailure }
  | { readonly fate: 'jira'; readonly how: JiraFailure }
  | { readonly fate: 'target'; readonly how: ReadFailure }
  | undefined;

/** The faults of the step that is under way, and how many of each kind took effect. */
export class FaultBox {
  private faults: readonly Fault[] = [];
  private readonly calls = { all: 0, storage: 0, jira: 0, target: 0, queue: 0 };
  private readonly deliveries = { event: 0, job: 0 };
  private readonly named = new Map<string, number>();
  readonly injected = new Map<FaultKind, number>();
  /** All calls of the app so far. */
  operations = 0;
  hurry: number | undefined;

  begin(faults: readonly Fault[]): void {
    this.faults = faults;
    Object.assign(this.calls, { all: 0, storage: 0, jira: 0, target: 0, queue: 0 });
    Object.assign(this.deliveries, { event: 0, job: 0 });
    this.named.clear();
    const hurry = faults.find((fault) => fault.kind === 'hurry');
    this.hurry = hurry?.kind === 'hurry' ? hurry.items : undefined;
    for (const fault of faults) if (lasting.has(fault.kind)) this.count(fault.kind);
  }

  /** Calls of the app since the step began. */
  get callsOfStep(): number {
    return this.calls.all;
  }

  fateOfCall(kind: CallKind, label: string): CallFate {
    this.operations++;
    const all = ++this.calls.all;
    const own = ++this.calls[kind];
    if (this.faults.length === 0) return undefined;
    const name = label.split(' ', 1)[0] as string;
    const ofName = (this.named.get(name) ?? 0) + 1;
    this.named.set(name, ofName);
    for (const fault of this.faults) {
      if (fault.kind === 'crash') {
        if (fault.at === undefined ? fault.nth === all : fault.at === name && fault.nth === ofName)
          return this.took('crash', { fate: 'crash', when: fault.when });
      } else if (fault.kind === kind && own >= fault.nth && own < fault.nth + fault.count) {
        return this.took(fault.kind, { fate: fault.kind, how: fault.how } as CallFate);
      }
    }
    return undefined;
  }

  fateOfDelivery(kind: 'event' | 'job'): { readonly fate: DeliveryFate; readonly ms: number } | undefined {
    const nth = ++this.deliveries[kind];
    const fault = this.faults.find((f) => f.kind === kind && f.nth === nth);
    if (fault?.kind !== 'event' && fault?.kind !== 'job') return undefined;
    return this.took(kind, { fate: fault.fate, ms: fault.ms });
  }

  private took<T>(kind: FaultKind, what: T): T {
    this.count(kind);
    return what;
  }

  private count(kind: FaultKind): void {
    this.injected.set(kind, (this.injected.get(kind) ?? 0) + 1);
  }
}

const lasting: ReadonlySet<FaultKind> = new Set(['silence', 'clock', 'hurry', 'upgrade']);
