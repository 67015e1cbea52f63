import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { freePort } from '../free-port';
import { hasToolPackage, missingOf } from '../installed';
import { ServerProcess } from '../server-process';
import type { OidcSettings } from './oidc-provider-main';

const root = join(__dirname, '..', '..', '..');

/** The token endpoint of oidc-provider, for clients that sign in with a secret (client credentials). */
export class OidcProvider {
  private constructor(
    private readonly settings: OidcSettings,
    private process: ServerProcess,
  ) {}

  static missing(): readonly string[] {
    return missingOf({ 'oidc-provider': hasToolPackage('oidc-provider') });
  }

  static async start(given: Pick<OidcSettings, 'issuer' | 'audience' | 'clients'>): Promise<OidcProvider> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const keys = [{ ...(await exportJWK(privateKey)), kid: 'signs', alg: 'RS256', use: 'sig' }];
    const settings = { ...given, keys, port: await freePort() };
    return new OidcProvider(settings, await OidcProvider.run(settings));
  }

  get origin(): string {
    return `http://127.0.0.1:${this.settings.port}`;
  }

  freeze(): void {
    this.process.freeze();
  }

  end(): Promise<void> {
    return this.process.kill();
  }

  async recover(): Promise<void> {
    this.process = await OidcProvider.run(this.settings);
  }

  close(): Promise<void> {
    return this.process.stop();
  }

  private static run(settings: OidcSettings): Promise<ServerProcess> {
    return ServerProcess.start({
      command: process.execPath,
      args: ['--import', 'tsx', join(__dirname, 'oidc-provider-main.ts')],
      options: { cwd: root, env: { ...process.env, SETTINGS: JSON.stringify(settings) } },
      ready: { line: /^ready$/m },
    });
  }
}
