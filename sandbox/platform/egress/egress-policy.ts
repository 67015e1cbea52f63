/** Which addresses the app may call: declared in the manifest, or approved by the customer's admin at run time. */
import { EgressFilteringService } from '@forge/egress';
import type { Store } from '../../contracts';
import type { Manifest } from '../manifest';

const PORTS = new Set(['', '80', '8080', '443', '8443', '8444', '7990', '8089', '8090', '8085', '8060']);
const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/;

export interface EgressPolicy {
  allows(url: URL): boolean;
  approved(): string[];
  /** Throws with a message for the admin when the host cannot be approved. */
  approve(host: string): void;
  withdraw(host: string): boolean;
}

export function createEgressPolicy(store: Store, manifest: Manifest): EgressPolicy {
  const approvals = store.table<{ host: string }>('egress-approval');
  const declared = new EgressFilteringService(manifest.egress.declared);
  return {
    allows: (url) => {
      if (url.protocol !== 'https:' || !PORTS.has(url.port) || url.username !== '' || url.password !== '') return false;
      const withoutPort = `https://${url.hostname}/`;
      if (declared.isValidUrl(withoutPort)) return true;
      return manifest.egress.configurable && approvals.get(url.hostname) !== undefined;
    },
    approved: () => approvals.entries().map(([host]) => host),
    approve: (raw) => {
      const host = raw.toLowerCase();
      if (!manifest.egress.configurable) throw new Error('The manifest declares no customer-managed egress');
      if (!HOST.test(host) || /^[\d.]+$/.test(host)) throw new Error(`not a host name: ${JSON.stringify(raw)}`);
      approvals.put(host, { host });
    },
    withdraw: (host) => approvals.remove(host.toLowerCase()),
  };
}
