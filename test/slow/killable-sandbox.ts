/** `npm start` as a child process that can be killed at any moment and started again on the same data. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

export interface SandboxState {
  now: string;
  people: Record<string, { accountId: string }>;
  project: { serviceDeskId: string };
  requestTypes: Record<string, string>;
  fields: Record<string, string>;
  transitions: Record<string, string>;
  targets: Record<string, { baseUrl: string; token: string }>;
}

export interface KillableSandbox {
  start(): Promise<void>;
  /** SIGKILL: nothing in the process has a chance to finish. */
  kill(): Promise<void>;
  /** Kills it and removes its data. */
  close(): Promise<void>;
  /** A call as a seeded person, or as nobody. */
  call(who: string | undefined, method: string, path: string, body?: unknown): Promise<{ status: number; body: never }>;
  state(): Promise<SandboxState>;
  settle(): Promise<unknown>;
  advance(duration: string): Promise<unknown>;
  /** Adds a person to a group of the SCIM directory, or takes the person out, by hand. */
  member(op: 'add' | 'remove', group: string, login: string): Promise<void>;
}

export function killableSandbox(): KillableSandbox {
  const dataDir = mkdtempSync(join(tmpdir(), 'proofgate-kill-'));
  let child: ChildProcess | undefined;
  let url = '';
  const self: KillableSandbox = {
    async start() {
      const started = spawn(
        process.execPath,
        ['--import', 'tsx', 'sandbox/main.ts', '--rest-only', '--data', join(dataDir, 'data')],
        { cwd: root, env: { ...process.env, PORT: '0' }, stdio: ['ignore', 'pipe', 'ignore'] },
      );
      child = started;
      url = await new Promise<string>((done, fail) => {
        let output = '';
        started.stdout.on('data', (text: Buffer) => {
          output += text.toString();
          const found = /^ready (http:\/\/localhost:\d+)$/m.exec(output);
          if (found) done(found[1] as string);
        });
        started.once('exit', (code) => fail(new Error(`ended with ${code}: ${output}`)));
      });
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const dead = new Promise((done) => child?.once('exit', done));
      child.kill('SIGKILL');
      await dead;
    },
    async close() {
      await self.kill();
      rmSync(dataDir, { recursive: true, force: true });
    },
    async call(who, method, path, body) {
      const authorization = `Basic ${Buffer.from(`${who}@acme.test:sandbox`).toString('base64')}`;
      const answer = await fetch(url + path, {
        method,
        headers: { 'content-type': 'application/json', ...(who ? { authorization } : {}) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return {
        status: answer.status,
        body: (text.startsWith('{') && !path.endsWith('/export') ? JSON.parse(text) : text) as never,
      };
    },
    state: async () => (await self.call(undefined, 'GET', '/sandbox/state')).body,
    settle: () => self.call(undefined, 'POST', '/sandbox/settle'),
    advance: (duration) => self.call(undefined, 'POST', '/sandbox/clock', { advance: duration }),
    async member(op, group, login) {
      const target = (await self.state()).targets['SCIM directory'] as { baseUrl: string; token: string };
      const headers = { authorization: `Bearer ${target.token}`, 'content-type': 'application/scim+json' };
      const find = async (path: string) =>
        ((await (await fetch(target.baseUrl + path, { headers })).json()) as { Resources: Array<{ id: string }> })
          .Resources[0]?.id;
      const groupId = await find(`/Groups?filter=${encodeURIComponent(`displayName eq "${group}"`)}`);
      const user = await find(`/Users?filter=${encodeURIComponent(`userName eq "${login}"`)}`);
      const change =
        op === 'add' ? { op, path: 'members', value: [{ value: user }] } : { op, path: `members[value eq "${user}"]` };
      const answer = await fetch(`${target.baseUrl}/Groups/${groupId}`, {
        method: 'PATCH',
        headers,
        body: JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [change] }),
      });
      if (answer.status >= 300) throw new Error(`the directory answered ${answer.status}`);
    },
  };
  return self;
}
