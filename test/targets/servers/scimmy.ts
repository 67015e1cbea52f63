import { join } from 'node:path';
import { ADMIN_TOKEN, READER_TOKEN } from '../../../sandbox/scim/access-tokens';
import { ScimAdministrator } from '../scim-administrator';
import { ServerProcess } from '../server-process';
import { temporaryFolder } from '../temporary-folder';

const root = join(__dirname, '..', '..', '..');
const readyLine = /^ready (http:\/\/127\.0\.0\.1:(\d+))(\S*)$/m;

/** scimmy, as the sandbox runs it, in a process of its own that can be ended and started again over the same state. */
export class Scimmy {
  readonly tokens = { read: READER_TOKEN, write: ADMIN_TOKEN } as const;
  readonly administrator = ScimAdministrator.ofNestingServer(() => `${this.origin}${this.path}`, ADMIN_TOKEN);
  readonly path = '/scim/v2';

  private constructor(
    private readonly folder: ReturnType<typeof temporaryFolder>,
    private process: ServerProcess,
  ) {}

  static async start(): Promise<Scimmy> {
    const folder = temporaryFolder('scimmy');
    return new Scimmy(folder, await Scimmy.run(folder.path, '0'));
  }

  get origin(): string {
    return this.process.said(readyLine)[1] ?? '';
  }

  freeze(): void {
    this.process.freeze();
  }

  end(): Promise<void> {
    return this.process.kill();
  }

  async recover(): Promise<void> {
    this.process = await Scimmy.run(this.folder.path, this.process.said(readyLine)[2] ?? '0');
  }

  async close(): Promise<void> {
    await this.process.stop();
    this.folder.remove();
  }

  private static run(folder: string, port: string): Promise<ServerProcess> {
    return ServerProcess.start({
      command: process.execPath,
      args: ['--import', 'tsx', join(__dirname, 'scimmy-main.ts'), folder, port],
      options: { cwd: root },
      ready: { line: readyLine },
    });
  }
}
