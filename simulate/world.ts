import type { Gate } from '../src/domain/gate/answer';
import { answerGate, type GateReply } from '../src/usecases/answer-gate';
import { deliverEffects } from '../src/usecases/deliver-effects';
import type { DigestState } from '../src/domain/audit/digest-state';
import { sweepLate } from '../src/domain/heartbeat';
import { nudgeSweep } from '../src/usecases/nudge-sweep';
import { observeIssue } from '../src/usecases/observe-issue';
import { Unavailable, type Ports, type Pulse } from '../src/usecases/ports';
import { runSweep } from '../src/usecases/run-sweep';
import type { Checker, Circumstances, Violation } from './checkers/checker';
import type { DeskEvent } from './desk/desk';
import type { DeskIssue } from './desk/desk-issue';
import { FaultBox } from './faults/fault-box';
import { Agenda, type Delivery } from './platform/agenda';
import { Installation, type Prepared } from './platform/installation';
import { Invocation, type Ended } from './platform/invocation';
import type { Strand } from './platform/interleaving';
import type { Row } from './platform/rows';
import { openPorts } from './platform/ports';
import { openStorageDoor } from './platform/storage-door';
import type { Surroundings } from './platform/surroundings';
import type { SiteScript } from './script';
import type { GateSeen } from './truth/witness';

/** Sweeps come every five minutes. */
const sweepEvery = 300_000;
const hour = 3_600_000;
/** How long a job is under way when nothing goes wrong. */
const deliveryMs = 500;
const mostTries = 4;
/** How far the look for lost events reaches back, told in docs/limits.md, less a day. */
const looksBack = 6 * 24 * hour;
/** In one stretch of time at most so many sweeps come as scheduled; after that the scheduler falls asleep for a day at a time. */
const mostSweeps = 24;
const nap = 24 * hour;
/**
 * So long before the end of a digest an entry may lie that it does not cover: queries see what was ten minutes ago, and
 * the entry was dated by a clock five minutes behind, the digest by one that was five minutes ahead.
 */
const mostUnseen = 25 * 60_000;
/**
 * How late a digest is played. What the one before could not see yet is then still covered in two hours: twenty minutes
 * unseen, an hour and ten minutes to the next by a clock that is set back, five to the sweep.
 */
const digestPlayedLate = 20 * 60_000;

/** A site (or two) with its time, its deliveries and its schedule. Everything follows from what is done to it. */
export class World implements Surroundings {
  readonly faults = new FaultBox();
  readonly installations: readonly Installation[];
  readonly violations: Violation[] = [];
  readonly lines: string[] = [];
  readonly agenda = new Agenda();
  clockWasOff = false;
  private silentTooLong = false;
  sweeps = 0;
  private time: number;
  private offMs = 0;
  private silentUntil = 0;
  private ids = 0;

  constructor(
    readonly site: SiteScript,
    private readonly checkers: readonly Checker[],
    readonly traces: boolean,
    prepared: (index: 0 | 1) => Prepared | undefined,
  ) {
    openStorageDoor();
    this.time = Date.parse(site.startsAt);
    const indexes = site.installations === 2 ? ([0, 1] as const) : ([0] as const);
    this.installations = indexes.map((index) => {
      const from = prepared(index);
      const installation: Installation = new Installation(index, {
        now: () => this.time,
        staleMs: site.staleMs,
        publish: (event) => this.publish(installation, event),
        ...(from ? { prepared: from } : {}),
      });
      installation.onWrite = (path, written, body) => {
        for (const checker of checkers)
          this.judge(checker, checker.onWrite?.(written, installation, { path, body }, this.around(installation)));
      };
      installation.onApply = (written) => {
        for (const checker of checkers)
          this.judge(checker, checker.onApply?.(written, installation, this.around(installation)));
      };
      return installation;
    });
  }

  get callMs(): number {
    return this.site.callMs;
  }

  get mayWrite(): boolean {
    return this.site.direct === true;
  }

  get staleMs(): number {
    return this.site.staleMs;
  }

  now(): number {
    return this.time;
  }

  appNow(): string {
    return new Date(this.time + this.offMs).toISOString();
  }

  get appMs(): number {
    return this.time + this.offMs;
  }

  nextId(): string {
    return `i${++this.ids}`;
  }

  passes(ms: number): void {
    this.time += ms;
  }

  note(line: string): void {
    if (this.traces) this.lines.push(`${new Date(this.time).toISOString()} ${line}`);
  }

  setClockOff(offMs: number): void {
    this.offMs = offMs;
    if (offMs !== 0) this.clockWasOff = true;
  }

  silence(forMs: number): void {
    this.silentUntil = Math.max(this.silentUntil, this.time + forMs);
    if (forMs > looksBack) this.silentTooLong = true;
  }

  speakAgain(): void {
    this.silentUntil = 0;
  }

  around(installation: Installation): Circumstances {
    return {
      site: this.site,
      now: this.time,
      clockWasOff: this.clockWasOff,
      silentTooLong: this.silentTooLong,
      others: this.installations.filter((other) => other !== installation),
    };
  }

  judge(checker: Checker, sentence: string | undefined): void {
    if (sentence === undefined) return;
    this.violations.push({ invariant: checker.name, sentence });
    this.note(`VIOLATION ${checker.name}: ${sentence}`);
  }

  /** Runs one function of the app. */
  async invoke<T>(
    installation: Installation,
    name: string,
    strand: Strand | undefined,
    work: (ports: Ports, invocation: Invocation) => Promise<T>,
  ): Promise<Ended<T>> {
    const invocation = new Invocation(this, installation, name, strand);
    this.note(`  > ${name}`);
    const ended = await invocation.run(() => work(openPorts(invocation), invocation));
    this.note(`  < ${name} ${ended.ended}${ended.ended === 'threw' ? ` ${String(ended.error)}` : ''}`);
    return ended;
  }

  async askGate(
    installation: Installation,
    gate: Gate,
    issue: DeskIssue,
    strand: Strand | undefined,
  ): Promise<GateReply> {
    const seen: GateSeen = {
      issueId: issue.id,
      gate,
      askedAt: this.time,
      appAskedAt: this.appMs,
      endedAt: this.time,
      reply: { killed: true },
    };
    const ended = await this.invoke(installation, `gate-${gate} ${issue.key}`, strand, (ports, invocation) => {
      invocation.gate = seen;
      return answerGate(ports, { gate, issueKey: issue.key, modifiedFields: [] });
    });
    seen.endedAt = this.time;
    if (ended.ended === 'done') seen.reply = ended.value;
    if (ended.ended === 'threw') seen.reply = { threw: String(ended.error) };
    if (ended.ended === 'done' && !ended.value.allow) installation.outputs.push(ended.value.text);
    this.note(`  gate ${gate} ${issue.key}: ${JSON.stringify(seen.reply)}`);
    installation.witness.gates.push(seen);
    for (const checker of this.checkers)
      this.judge(checker, checker.onGate?.(seen, installation, this.around(installation)));
    return ended.ended === 'done' ? ended.value : { allow: false, text: 'The gate did not answer.' };
  }

  pushSweep(installation: Installation): void {
    this.agenda.add(this.time + deliveryMs, installation.index, { kind: 'sweep' });
  }

  push(installation: Installation, issueId: string, rev: number): void {
    this.send(installation, { kind: 'job', issueId, rev, tries: 0 });
  }

  private publish(installation: Installation, event: DeskEvent): void {
    // What src/entry/issue-events.ts leaves out: the app's own edits have nothing new to tell it.
    if (event.selfGenerated && !event.statusChanged) return;
    this.send(installation, { kind: 'event', event, tries: 0 });
  }

  private send(installation: Installation, delivery: Exclude<Delivery, { kind: 'sweep' }>): void {
    const fault = this.faults.fateOfDelivery(delivery.kind);
    if (fault?.fate === 'lost') return this.note(`  ${delivery.kind} lost`);
    const usual = delivery.kind === 'event' ? this.site.eventMs : deliveryMs;
    this.agenda.add(this.time + (fault?.fate === 'late' ? fault.ms : usual), installation.index, delivery);
    if (fault?.fate === 'twice') this.agenda.add(this.time + fault.ms, installation.index, delivery);
  }

  async deliver(index: number, delivery: Delivery, strand?: Strand): Promise<void> {
    const installation = this.installations[index] as Installation;
    if (delivery.kind === 'sweep') return this.sweepInstead(installation, strand);
    const again = (afterMs: number) => {
      if (delivery.tries < mostTries)
        this.agenda.add(this.time + afterMs, index, { ...delivery, tries: delivery.tries + 1 });
    };
    if (delivery.kind === 'event') {
      const { issueId, deleted } = delivery.event;
      const ended = await this.invoke(installation, `event ${issueId}`, strand, async (ports) => {
        await observeIssue(ports, { issueId, deleted });
        // Sweeps that would find nothing are not played, so the last one may look late although the schedule runs.
        if (this.silentUntil > this.time) await nudgeSweep(ports);
      });
      // As src/entry/issue-events.ts asks for it.
      if (ended.ended === 'threw')
        again(ended.error instanceof Unavailable ? (ended.error.retryAfterSeconds ?? 30) * 1000 : 60_000);
      return;
    }
    const { issueId, rev } = delivery;
    const ended = await this.invoke(installation, `effects ${issueId}.${rev}`, strand, (ports) =>
      deliverEffects(ports, { issueId, rev }),
    );
    if (ended.ended === 'threw') again(60_000);
  }

  /** As src/entry/effects.ts does when somebody asked for a sweep because the scheduled one is late. */
  private async sweepInstead(installation: Installation, strand: Strand | undefined): Promise<void> {
    this.sweeps++;
    await this.invoke(installation, `late sweep ${installation.index}`, strand, async (ports) => {
      const last = (await ports.heartbeat.last())?.pulse.at;
      if (sweepLate(last, ports.clock.now())) await runSweep(ports, () => 300_000);
    });
  }

  async sweep(installation: Installation, strand?: Strand): Promise<void> {
    this.sweeps++;
    const { hurry } = this.faults;
    let asked = 0;
    const timeLeft = () => (hurry !== undefined && asked++ >= hurry ? 0 : 300_000);
    await this.invoke(installation, `sweep ${installation.index}`, strand, (ports) => runSweep(ports, timeLeft));
  }

  /** Lets time pass: deliveries arrive and sweeps run in their order. Sweeps that would find nothing are not played. */
  async pass(ms: number): Promise<void> {
    const until = this.time + ms;
    let sweeps = 0;
    while (this.violations.length === 0) {
      const delivery = this.agenda.nextAt() ?? Infinity;
      const tick = this.nextTick(until, sweeps < mostSweeps ? 0 : nap);
      if (delivery > until && tick === undefined) break;
      if (tick === undefined || delivery <= tick.at) {
        const next = this.agenda.take(until);
        if (!next) break;
        this.time = Math.max(this.time, next.at);
        await this.deliver(next.installation, next.delivery);
      } else {
        this.time = Math.max(this.time, tick.at);
        sweeps++;
        await this.sweep(tick.installation);
      }
    }
    this.time = Math.max(this.time, until);
  }

  /** The next scheduled sweep that finds something to do, up to an instant. */
  private nextTick(
    until: number,
    nap: number,
  ): { readonly at: number; readonly installation: Installation } | undefined {
    let best: { at: number; installation: Installation } | undefined;
    for (const installation of this.installations) {
      const wantedAt = this.wantsSweepAt(installation);
      if (wantedAt === undefined) continue;
      const phase = installation.index * 60_000;
      const from = Math.max(wantedAt, this.time + 1 + nap, this.silentUntil);
      const at = Math.ceil((from - phase) / sweepEvery) * sweepEvery + phase;
      if (at <= until && (best === undefined || at < best.at)) best = { at, installation };
    }
    return best;
  }

  /** When something will be due for a sweep, by the true clock. */
  private wantsSweepAt(installation: Installation): number | undefined {
    const { rows, desk } = installation;
    let earliest = Infinity;
    const at = (row: Row): void => {
      earliest = Math.min(earliest, Date.parse(String(row['at'])));
    };
    for (const row of rows.all('due')) if (row['shard'] === '0') at(row);
    for (const row of rows.all('outbox')) if (row['lane'] === '0:waiting') at(row);
    const pulse = rows.get('work', 'work:heartbeat:sweep')?.data as Pulse | undefined;
    const caughtUp = pulse?.caughtUpAt === undefined ? 0 : Date.parse(pulse.caughtUpAt);
    for (const issue of desk.issues.values())
      // What changed is looked at twice, because a look may fail; after that it is seen no differently.
      if (issue.updated >= caughtUp - 65 * 60_000) earliest = Math.min(earliest, caughtUp + hour);
    // A digest is written every hour; one in which nothing changed has nothing to show, and late by a while is in time.
    const digests = rows.get('work', 'work:digest:audit')?.data as DigestState | undefined;
    if (digests !== undefined && installation.auditedSince(Date.parse(digests.newest.to) - mostUnseen))
      earliest = Math.min(earliest, Date.parse(pulse?.digestAt ?? digests.newest.at) + digestPlayedLate);
    return earliest === Infinity ? undefined : earliest - this.offMs;
  }
}
