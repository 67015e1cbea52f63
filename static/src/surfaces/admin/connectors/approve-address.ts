import { permissions } from '@forge/bridge';

type EgressType = Parameters<
  typeof permissions.egress.set
>[0]['egresses'][number]['configured'][number]['type'][number];

const fromBackend = 'FETCH_BACKEND_SIDE' as EgressType;

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
