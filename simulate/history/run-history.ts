import { actorNamed } from '../actors/all-actors';
import type { Scene } from '../actors/actor';
import { chanceOf, diceOf } from '../chance';
import { checkers } from '../checkers/all-checkers';
import type { Violation } from '../checkers/checker';
import type { Installation } from '../platform/installation';
import { interleave, type Strand } from '../platform/interleaving';
import { prepare } from '../prepare';
import type { FaultKind, Script, Step } from '../script';
import { World } from '../world';
import { nextInstant } from './next-instant';
import { settle } from './settle';
import { upgradeRows } from './upgrade-rows';

/** How a history went. */
export interface HistoryResult {
  /** The first broken invariants; empty: it passed. */
  readonly violations: readonly Violation[];
  readonly lines: readonly string[];
  readonly operations: number;
  readonly sweeps: number;
  readonly injected: ReadonlyMap<FaultKind, number>;
  readonly world: World;
}

const minute = 60_000;
/** People need a moment between two things they do. */
const leastMs = 1_100;
/** Nothing stays broken for longer; what the app does about longer outages is told in docs/limits.md. */
const longestFaultMs = 12 * 60 * minute;
const mostTries = 40;

/**
 * Runs a script from its start to the end: its steps, then quiet, then the checks of what must be so afterwards.
 * `withoutEnd` stops after the steps.
 */
export async function runHistory(script: Script, traces = false, withoutEnd = false): Promise<HistoryResult> {
  const { site } = script;
  const prepared = [await prepare(site, 0), ...(site.installations === 2 ? [await prepare(site, 1)] : [])];
  const world = new World(site, checkers, traces, (index) => prepared[index]);
  world.violations.push(...prepared.flatMap(({ violations }) => violations));
  for (const [index, step] of script.steps.entries()) {
    if (world.violations.length > 0) break;
    world.note(`step ${index + 1}: ${step.actor} ${JSON.stringify(step.faults)}`);
    await runStep(world, step);
  }
  world.faults.begin([]);
  if (world.violations.length === 0 && !withoutEnd) await settle(world);
  return {
    violations: world.violations,
    lines: world.lines,
    operations: world.faults.operations,
    sweeps: world.sweeps,
    injected: world.faults.injected,
    world,
  };
}

async function runStep(world: World, step: Step): Promise<void> {
  const installation = world.installations[step.installation] ?? (world.installations[0] as Installation);
  world.faults.begin(step.faults);
  for (const fault of step.faults) {
    if (fault.kind === 'silence') world.silence(fault.forMs);
    if (fault.kind === 'clock') world.setClockOff(fault.offMs);
    if (fault.kind === 'upgrade') upgradeRows(installation);
  }
  if (step.race) await runTogether(world, installation, step, step.race);
  else if (step.patient) await runPatiently(world, installation, step);
  else await act(world, installation, step, undefined);
  await world.pass(Math.min(Math.max(step.waitMs, leastMs), longestFaultMs));
  world.faults.begin([]);
  await world.pass(Math.max(0, step.waitMs - longestFaultMs));
  const next = step.jump ? nextInstant(installation, world.appMs) : undefined;
  if (next !== undefined) await world.pass(next - world.appMs);
}

async function act(world: World, installation: Installation, step: Step, strand: Strand | undefined): Promise<boolean> {
  const scene: Scene = { world, installation, dice: diceOf(step.dice), strand };
  const deed = await actorNamed(step.actor).act(scene);
  world.note(`  ${step.actor}: ${deed.text}`);
  return deed.ok;
}

async function runPatiently(world: World, installation: Installation, step: Step): Promise<void> {
  for (let tries = 0; tries < mostTries && world.violations.length === 0; tries++) {
    if (await act(world, installation, step, undefined)) return;
    await world.pass(6 * minute);
  }
  world.violations.push({ invariant: 'L3', sentence: `"${step.actor}" never became possible` });
}

/** The step, whatever is under way to the app, and sweeps, all at the same time. */
async function runTogether(
  world: World,
  installation: Installation,
  step: Step,
  race: NonNullable<Step['race']>,
): Promise<void> {
  const works: Array<(strand: Strand) => Promise<unknown>> = [(strand) => act(world, installation, step, strand)];
  for (let i = 0; i < race.deliveries; i++) {
    const next = world.agenda.take(world.now() + minute);
    if (next) works.push((strand) => world.deliver(next.installation, next.delivery, strand));
  }
  for (let i = 0; i < race.sweeps; i++) works.push((strand) => world.sweep(installation, strand));
  await interleave(works, chanceOf(race.seed), race.slow);
}
