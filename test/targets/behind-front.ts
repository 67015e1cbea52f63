import type { Directory } from './fronts/directory';
import { ScimFront } from './fronts/scim-front';
import type { RealServer } from './real-target';
import { scimConnector } from './scim-connector';

/** A server that does not speak HTTP, with its administrator's and operator's tools. */
export interface DirectoryServer {
  directory(as: 'reader' | 'writer'): Directory;
  person(login: string): Promise<string>;
  group(name: string): Promise<string>;
  put(groupId: string, memberId: string): Promise<void>;
  take(groupId: string, memberId: string): Promise<void>;
  holds(groupId: string, memberId: string): Promise<boolean>;
  freeze(): void;
  end(): Promise<void>;
  recover(): Promise<void>;
  close(): Promise<void>;
}

const tokens = { read: 'canary-front-reads-51c0', write: 'canary-front-writes-93ab' } as const;

/** The server as the connector meets it: behind a SCIM front in the company's network. */
export async function behindFront(
  server: DirectoryServer,
  host: string,
  outageStatus?: number,
): Promise<RealServer & { readonly front: ScimFront }> {
  const front = await ScimFront.start({
    reader: { token: tokens.read, directory: server.directory('reader') },
    writer: { token: tokens.write, directory: server.directory('writer') },
    ...(outageStatus === undefined ? {} : { outageStatus }),
  });
  return {
    front,
    connector: scimConnector(host, front.path),
    secrets: tokens,
    routes: { [host]: front.origin },
    administrator: {
      person: (login) => server.person(login),
      entitlement: (name) => server.group(name),
      put: (groupId, accountId) => server.put(groupId, accountId),
      take: (groupId, accountId) => server.take(groupId, accountId),
      holds: (groupId, accountId) => server.holds(groupId, accountId),
      nesting: {
        nest: (outer, inner) => server.put(outer, inner),
        unnest: (outer, inner) => server.take(outer, inner),
      },
    },
    outage: { freeze: () => server.freeze(), end: () => server.end(), recover: () => server.recover() },
    close: async () => {
      await front.close();
      await server.close();
    },
  };
}
