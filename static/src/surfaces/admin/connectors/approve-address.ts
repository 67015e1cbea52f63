import { permissions } from '@forge/bridge';
import { useCallback, useEffect, useState } from 'react';

type EgressType = Parameters<
  typeof permissions.egress.set
>[0]['egresses'][number]['configured'][number]['type'][number];

const fromBackend = 'FETCH_BACKEND_SIDE' as EgressType;
/** A site has at most ten groups of ten domains (customer-managed egress): this is more than enough pages. */
const mostPages = 20;

/** Asks Jira to let the app reach addresses (customer-managed egress). Answers why not, when the host refuses or has no such thing. */
export async function approveAddresses(
  group: string,
  description: string,
  origins: readonly string[],
): Promise<{ readonly approved: true } | { readonly approved: false; readonly why: string }> {
  try {
    await permissions.egress.set({
      egresses: [{ key: group, description, configured: origins.map((domain) => ({ domain, type: [fromBackend] })) }],
    });
    return { approved: true };
  } catch (error) {
    const message = (error as { message?: unknown } | null)?.message;
    return { approved: false, why: typeof message === 'string' ? message : '' };
  }
}

export interface Approvals {
  /** Origins that the site has not approved; undefined while nobody can say. */
  readonly missing: (origins: readonly string[]) => readonly string[] | undefined;
  readonly reload: () => Promise<void>;
}

/** What the site has approved, beside the `declared` hosts that come with the app. Hosts that cannot tell are asked by the live test. */
export function useApprovals(declared: readonly string[]): Approvals {
  const [hosts, setHosts] = useState<readonly string[]>();
  const reload = useCallback(async () => setHosts(await approvedHosts()), []);
  useEffect(() => void reload(), [reload]);
  return {
    missing: (origins) =>
      hosts &&
      origins.filter((origin) => {
        const host = hostOf(origin);
        return !declared.includes(host) && !hosts.some((known) => covers(known, host));
      }),
    reload,
  };
}

async function approvedHosts(): Promise<readonly string[] | undefined> {
  const found: string[] = [];
  let nextPageToken: string | undefined;
  try {
    for (let page = 0; page < mostPages; page++) {
      const answer = await permissions.egress.get(nextPageToken === undefined ? {} : { nextPageToken });
      for (const { configured } of answer.results) for (const { domain } of configured) found.push(hostOf(domain));
      nextPageToken = answer.lastEvaluatedKey;
      if (nextPageToken === undefined) return found;
    }
    return undefined;
  } catch {
    return undefined;
  }
}

function hostOf(address: string): string {
  return address
    .replace(/^https?:\/\//, '')
    .replace(/[/:].*$/, '')
    .toLowerCase();
}

function covers(known: string, host: string): boolean {
  return known.startsWith('*.') ? host.endsWith(known.slice(1)) : known === host;
}
