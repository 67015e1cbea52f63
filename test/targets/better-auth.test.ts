import { withInstalled } from './installed';
import { realTarget } from './real-target';
import { scimConnector } from './scim-connector';
import { BetterAuth } from './servers/better-auth';

withInstalled('better-auth SCIM', BetterAuth.missing(), () => {
  realTarget('better-auth SCIM', async () => {
    const server = await BetterAuth.start();
    const host = 'accounts.acme.test';
    return {
      connector: scimConnector(host, server.path),
      secrets: server.tokens,
      routes: { [host]: server.origin },
      administrator: server.administrator,
      outage: { freeze: () => server.freeze(), end: () => server.end(), recover: () => server.recover() },
      close: () => server.close(),
    };
  });
});
