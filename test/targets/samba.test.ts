import { ScimFront } from './fronts/scim-front';
import { withInstalled } from './installed';
import { realTarget, type RealServer } from './real-target';
import { scimConnector } from './scim-connector';
import { Samba } from './servers/samba';

const tokens = { read: 'samba-front-reads-51c0', write: 'samba-front-writes-93ab' } as const;

async function sambaBehindFront(outageStatus?: number): Promise<RealServer> {
  const samba = await Samba.start();
  const front = await ScimFront.start({
    reader: { token: tokens.read, directory: samba.directory('reader') },
    writer: { token: tokens.write, directory: samba.directory('writer') },
    ...(outageStatus === undefined ? {} : { outageStatus }),
  });
  const host = 'ad.acme.test';
  return {
    connector: scimConnector(host, front.path),
    secrets: tokens,
    routes: { [host]: front.origin },
    administrator: {
      person: (login) => samba.person(login),
      entitlement: (name) => samba.group(name),
      put: (groupId, accountId) => samba.put(groupId, accountId),
      take: (groupId, accountId) => samba.take(groupId, accountId),
      holds: (groupId, accountId) => samba.holds(groupId, accountId),
      nesting: {
        nest: (outer, inner) => samba.put(outer, inner),
        unnest: (outer, inner) => samba.take(outer, inner),
      },
    },
    outage: { freeze: () => samba.freeze(), end: () => samba.end(), recover: () => samba.recover() },
    close: async () => {
      await front.close();
      await samba.close();
    },
  };
}

withInstalled('Samba Active Directory', Samba.missing(), () => {
  realTarget('Samba Active Directory behind a SCIM front', sambaBehindFront);
});
