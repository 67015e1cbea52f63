import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import type { Connector } from '../../src/domain/connector';
import { CheckingFront, type Passing, type Verdict } from './fronts/checking-front';
import { withInstalled } from './installed';
import { realTarget, type RealServer } from './real-target';
import { scimConnector } from './scim-connector';
import { OidcProvider } from './servers/oidc-provider';
import { Scimmy } from './servers/scimmy';

const host = 'scim.acme.test';
const issuer = 'https://login.acme.test';
const audience = `https://${host}`;
const clients = [
  { id: 'proofgate-reads', secret: 'canary-client-reads-6e02', scope: 'scim.read' },
  { id: 'proofgate-writes', secret: 'canary-client-writes-d4f8', scope: 'scim.read scim.write' },
] as const;

/** Lets in whom oidc-provider signed a token for, and only to what its scopes say. */
function checkedBy(provider: OidcProvider, tokens: Scimmy['tokens']) {
  return async ({ method, authorization }: Passing): Promise<Verdict> => {
    const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '';
    const keys = createLocalJWKSet((await (await fetch(`${provider.origin}/jwks`)).json()) as JSONWebKeySet);
    const claims = await jwtVerify(token, keys, { issuer, audience }).catch(() => undefined);
    if (!claims) return { refused: 401 };
    const scopes = String(claims.payload['scope'] ?? '').split(' ');
    if (!scopes.includes(method === 'GET' ? 'scim.read' : 'scim.write')) return { refused: 403 };
    return { authorization: `Bearer ${scopes.includes('scim.write') ? tokens.write : tokens.read}` };
  };
}

function connector(path: string): Connector {
  const [reads, writes] = clients.map(({ id, scope }) => ({
    kind: 'oauth2' as const,
    tokenUrl: `${issuer}/token`,
    clientId: id,
    scope,
  }));
  if (!reads || !writes) throw new Error('two clients');
  return { ...scimConnector(host, path), auth: reads, writeAuth: writes };
}

async function signedInByOidcProvider(): Promise<RealServer> {
  const provider = await OidcProvider.start({ issuer, audience, clients });
  const scimmy = await Scimmy.start();
  const front = await CheckingFront.before(() => scimmy.origin, checkedBy(provider, scimmy.tokens));
  return {
    connector: connector(scimmy.path),
    secrets: { read: clients[0].secret, write: clients[1].secret },
    routes: { [host]: front.origin, [new URL(issuer).host]: provider.origin },
    administrator: scimmy.administrator,
    // It is the token endpoint that goes away here.
    outage: { freeze: () => provider.freeze(), end: () => provider.end(), recover: () => provider.recover() },
    close: async () => {
      await front.close();
      await scimmy.close();
      await provider.close();
    },
  };
}

withInstalled('oidc-provider', OidcProvider.missing(), () => {
  realTarget('SCIM behind the token endpoint of oidc-provider', signedInByOidcProvider);
});
