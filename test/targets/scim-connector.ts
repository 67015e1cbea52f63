import type { Connector } from '../../src/domain/connector';

const setAt = '2026-11-23T09:00:00.000Z';

/** A SCIM connector that may write, at a public host name under a path. */
export function scimConnector(host: string, path: string): Connector {
  const origin = `https://${host}`;
  return {
    id: 'real',
    name: host,
    kind: 'scim',
    baseUrl: `${origin}${path}`,
    origin,
    auth: { kind: 'bearer' },
    directory: false,
    write: true,
    secret: { fingerprint: 'r', setAt, origin },
    writeSecret: { fingerprint: 'w', setAt, origin },
  };
}
