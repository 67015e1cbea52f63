/** BullMQ as `.ci/timers` installs it under tools/timers: the project itself does not depend on it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

export const peerDirectory = resolve(__dirname, '../../../tools/timers');

export interface Job {
  readonly name: string;
  readonly data: { readonly request: string; readonly step: string };
  readonly opts: object;
}

/** What the bench uses of BullMQ's queue. */
export interface Queue {
  addBulk(jobs: readonly Job[]): Promise<unknown>;
  getJobCounts(...states: string[]): Promise<Readonly<Record<string, number>>>;
  getJobs(states: readonly string[]): Promise<ReadonlyArray<{ readonly stalledCounter: number }>>;
  close(): Promise<void>;
}

interface BullMq {
  readonly Queue: new (name: string, options: { connection: { host: string; port: number } }) => Queue;
}

/** Throws with what to do when the peer or its Redis is not installed. */
export function requirePeer(): void {
  if (!existsSync(join(peerDirectory, 'node_modules', 'bullmq')))
    throw new Error('BullMQ is not installed here: run .ci/timers first');
  if (spawnSync('redis-server', ['--version']).status !== 0)
    throw new Error('redis-server is not installed here: run .ci/timers first');
}

/** Opens a queue on a Redis of loopback. */
export function openQueue(name: string, port: number): Queue {
  const bullmq = createRequire(join(peerDirectory, 'package.json'))('bullmq') as BullMq;
  return new bullmq.Queue(name, { connection: { host: '127.0.0.1', port } });
}

/** `bullmq 6.7.0`, as the package file pins it. */
export function peerName(): string {
  const file = JSON.parse(readFileSync(join(peerDirectory, 'package.json'), 'utf8')) as {
    dependencies: { bullmq: string };
  };
  return `bullmq ${file.dependencies.bullmq}`;
}
