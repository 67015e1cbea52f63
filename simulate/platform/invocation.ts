import type { JiraFailure } from '../script';
import type { ReadFailure } from '../../src/domain/verification/judge';
import { Unavailable } from '../../src/usecases/ports';
import type { CallKind } from '../faults/fault-box';
import type { GateSeen, IssueRead } from '../truth/witness';
import type { Surroundings } from './surroundings';
import type { Installation } from './installation';
import type { Strand } from './interleaving';
import { runFrom, storageAnswer } from './storage-door';

export type Ended<T> =
  | { readonly ended: 'done'; readonly value: T }
  | { readonly ended: 'threw'; readonly error: unknown }
  | { readonly ended: 'killed' };

/** Never comes: what a killed process waits for. */
const never = new Promise<never>(() => undefined);

/** One running function of the app. All it does to the outside passes through here, and here it may die. */
export class Invocation {
  /** The issue whose record was read last. */
  subject: string | undefined;
  /** The gate that this invocation answers. */
  gate: GateSeen | undefined;
  /** The issue that was read last, when the app may write. */
  read: IssueRead | undefined;
  private die: (() => void) | undefined;

  constructor(
    readonly world: Surroundings,
    readonly installation: Installation,
    readonly name: string,
    readonly strand: Strand | undefined,
  ) {}

  /** Runs the function to its end, whichever it is. */
  async run<T>(work: () => Promise<T>): Promise<Ended<T>> {
    const before = runFrom(this);
    const ended = await new Promise<Ended<T>>((resolve) => {
      this.die = () => resolve({ ended: 'killed' });
      work().then(
        (value) => resolve({ ended: 'done', value }),
        (error: unknown) => resolve({ ended: 'threw', error }),
      );
    });
    runFrom(before);
    return ended;
  }

  /** A call to the outside. `failed` makes the app's view of a failure out of its kind. */
  async call<T>(
    kind: Exclude<CallKind, 'storage'>,
    label: string,
    effect: () => T,
    failed: (how: JiraFailure | ReadFailure) => T,
  ): Promise<T> {
    if (this.strand) await this.wait(this.strand, kind === 'target');
    const { world } = this;
    world.passes(world.callMs);
    const fate = world.faults.fateOfCall(kind, label);
    if (world.traces) world.note(`    ${this.name} ${kind} ${label}${fate ? ` !${JSON.stringify(fate)}` : ''}`);
    if (!fate) return effect();
    if (fate.fate === 'crash') return this.crash(fate.when, effect);
    if (fate.fate === 'storage') return effect();
    if (fate.how === 'ack-lost') effect();
    return failed(fate.how);
  }

  /** A call to Jira that makes Jira ask the app in its turn. */
  async callDeep<T>(label: string, effect: () => Promise<T>): Promise<T> {
    if (this.strand) await this.wait(this.strand);
    const { world } = this;
    world.passes(world.callMs);
    const fate = world.faults.fateOfCall('jira', label);
    if (world.traces) world.note(`    ${this.name} jira ${label}${fate ? ` !${JSON.stringify(fate)}` : ''}`);
    if (!fate) return effect();
    if (fate.fate === 'crash') {
      if (fate.when === 'after') await effect();
      return this.crash('before', () => undefined as T);
    }
    if (fate.fate === 'jira' && fate.how === 'ack-lost') await effect();
    return jiraFails(fate.fate === 'jira' ? fate.how : 'server-error');
  }

  async storage(path: string, body: string): Promise<unknown> {
    if (this.strand) await this.wait(this.strand);
    const { world, installation } = this;
    world.passes(world.callMs);
    const subject = /^\{"entityName":"request","key":"req:(\d+)"/.exec(body)?.[1];
    if (subject !== undefined) this.subject = subject;
    const fate = world.faults.fateOfCall('storage', path.slice(8));
    if (world.traces)
      world.note(`    ${this.name} storage ${path.slice(8)} ${keysOf(body)}${fate ? ` !${JSON.stringify(fate)}` : ''}`);
    const effect = () => {
      const { status, body: answer } = installation.storage(path, body);
      return storageAnswer(status, answer);
    };
    if (fate?.fate === 'crash') return this.crash(fate.when, effect);
    if (fate?.fate !== 'storage') return effect();
    switch (fate.how) {
      case 'rate-limited':
        return storageAnswer(429, { code: 'RATE_LIMIT_EXCEEDED', message: 'Too many requests' });
      case 'server-error':
        return storageAnswer(500, { code: 'INTERNAL_SERVER_ERROR', message: 'The storage cannot answer now' });
      case 'no-answer':
        throw new TypeError('fetch failed');
      case 'ack-lost':
        effect();
        return storageAnswer(504, { code: 'GATEWAY_TIMEOUT', message: 'No answer in time' });
      case 'conflict':
        return path.endsWith('/transaction')
          ? storageAnswer(409, { code: 'CONDITIONAL_CHECK_FAILED', message: 'Another transaction was first' })
          : effect();
    }
  }

  private async crash<T>(when: 'before' | 'after', effect: () => T): Promise<T> {
    if (when === 'after') effect();
    this.die?.();
    return never;
  }

  private async wait(strand: Strand, onTarget = false): Promise<void> {
    await strand.turn(onTarget);
    runFrom(this);
  }
}

/** What the Jira adapter makes of a failure. */
export function jiraFails(how: JiraFailure | ReadFailure): never {
  throw new Unavailable('jira', how === 'rate-limited' ? 30 : undefined);
}

function keysOf(body: string): string {
  return [...body.matchAll(/"(?:key|indexName)":"([^"]{1,80})"/g)].map((match) => match[1]).join(' ');
}
