/** A world of the fixture app: fake site, fake target, clock moved by hand. */
import { resolve } from 'node:path';
import { createWorld, type World, type WorldOptions } from '../../../sandbox/world';
import { createFakeSite, type FakeSite } from './fake-site';
import { startFakeTarget } from './fake-target';

export type FixtureWorld = World & { site: FakeSite };

export type Functions = 'in-process' | 'processes';

export const START = '2026-11-23T09:00:00.000Z';

export async function fixtureWorld(functions: Functions, options: Partial<WorldOptions> = {}): Promise<FixtureWorld> {
  return (await createWorld({
    functions,
    app: () => import('./fixture-app/index'),
    entry: resolve(__dirname, 'fixture-app/index.ts'),
    manifest: resolve(__dirname, 'fixture-app/manifest.yml'),
    clock: { kind: 'manual', start: START },
    parts: { createSite: createFakeSite, startTarget: startFakeTarget },
    ...options,
  })) as FixtureWorld;
}

/** Calls a resolver of the fixture app as adele and answers its result. */
export async function call<T = never>(world: World, name: string, payload: unknown = {}, as = 'adele'): Promise<T> {
  const answer = await world.invoke({ as: `${as}@acme.test`, module: 'admin', function: name, payload });
  if (!answer.ok) throw new Error(`${answer.outcome}: ${answer.error}`);
  return answer.result as T;
}
