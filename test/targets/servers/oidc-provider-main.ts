/** oidc-provider with clients that sign in for themselves, on the port given. Its settings come as JSON in SETTINGS. */
import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import { toolModule } from '../installed';

export interface OidcSettings {
  readonly port: number;
  readonly issuer: string;
  readonly audience: string;
  readonly clients: ReadonlyArray<{ readonly id: string; readonly secret: string; readonly scope: string }>;
  /** Private keys, which outlive the process. */
  readonly keys: readonly object[];
}

interface Provider {
  proxy: boolean;
  callback(): RequestListener;
}

void (async () => {
  const settings = JSON.parse(process.env['SETTINGS'] ?? '{}') as OidcSettings;
  const module = await toolModule<{ default: new (issuer: string, configuration: object) => Provider }>(
    'oidc-provider',
  );
  const scopes = [...new Set(settings.clients.flatMap(({ scope }) => scope.split(' ')))];
  const provider = new module.default(settings.issuer, {
    jwks: { keys: settings.keys },
    scopes,
    clients: settings.clients.map(({ id, secret, scope }) => ({
      client_id: id,
      client_secret: secret,
      scope,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: 'client_secret_basic',
    })),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => settings.audience,
        getResourceServerInfo: () => ({
          scope: scopes.join(' '),
          audience: settings.audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 600,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
  provider.proxy = true;
  createServer(provider.callback()).listen(settings.port, '127.0.0.1', () => process.stdout.write('ready\n'));
})();
