/** `npm start` as a child process that can be killed and started again over the same data. */
import { join, resolve } from 'node:path';
import { startOwn, type OwnProcess } from './own-processes';

const root = resolve(__dirname, '../../..');

export interface SandboxState {
  readonly now: string;
  readonly project: { readonly serviceDeskId: string };
  readonly requestTypes: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
}

export class SandboxProcess {
  private child: OwnProcess | undefined;
  private url = '';

  constructor(private readonly directory: string) {}

  async start(): Promise<void> {
    this.child = startOwn(
      process.execPath,
      ['--import', 'tsx', 'sandbox/main.ts', '--rest-only', '--data', join(this.directory, 'data')],
      { cwd: root, env: { ...process.env, PORT: '0' } },
    );
    this.url = (await this.child.printed(/^ready (http:\/\/localhost:\d+)$/m))[1] as string;
  }

  async kill(): Promise<void> {
    await this.child?.kill();
  }

  /** The body of an answer; throws on any other than success. `who` is a person of the company, the part before `@`. */
  async call<T>(who: string | undefined, method: string, path: string, body?: unknown): Promise<T> {
    const authorization = `Basic ${Buffer.from(`${who}@acme.test:sandbox`).toString('base64')}`;
    const answer = await fetch(this.url + path, {
      method,
      headers: { 'content-type': 'application/json', ...(who === undefined ? {} : { authorization }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    return (path.endsWith('/export') ? text : JSON.parse(text)) as T;
  }
}
