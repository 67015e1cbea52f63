import { realTarget } from './real-target';
import { scimConnector } from './scim-connector';
import { Scimmy } from './servers/scimmy';

realTarget('scimmy', async () => {
  const server = await Scimmy.start();
  const host = 'scim.acme.test';
  return {
    connector: scimConnector(host, server.path),
    secrets: server.tokens,
    routes: { [host]: server.origin },
    administrator: server.administrator,
    outage: { freeze: () => server.freeze(), end: () => server.end(), recover: () => server.recover() },
    close: () => server.close(),
  };
});
