import type { connectorInput } from '../../../../../src/contract/inputs';
import type { ConnectorView } from '../../../../../src/contract/settings-view';
import type { Input } from '../../../bridge';
import { slug } from '../slug';

export type ConnectorInput = Input<typeof connectorInput>;

/** A connector while it is being edited: every field of both ways to sign in is kept. */
export interface ConnectorDraft {
  readonly id: string | undefined;
  readonly name: string;
  readonly baseUrl: string;
  readonly auth: 'bearer' | 'oauth2';
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly scope: string;
  readonly secret: string;
  readonly directory: boolean;
  readonly write: boolean;
}

export function draftOf(connector: ConnectorView | undefined): ConnectorDraft {
  const oauth2 = connector?.auth.kind === 'oauth2' ? connector.auth : undefined;
  return {
    id: connector?.id,
    name: connector?.name ?? '',
    baseUrl: connector?.baseUrl ?? '',
    auth: oauth2 ? 'oauth2' : 'bearer',
    tokenUrl: oauth2?.tokenUrl ?? '',
    clientId: oauth2?.clientId ?? '',
    scope: oauth2?.scope ?? '',
    secret: '',
    directory: connector?.directory ?? false,
    write: connector?.write ?? false,
  };
}

/** What the backend takes: only the members of the contract. */
export function connectorOf(draft: ConnectorDraft, taken: readonly string[]): ConnectorInput {
  return {
    id: draft.id ?? slug(draft.name, taken),
    name: draft.name.trim(),
    kind: 'scim',
    baseUrl: draft.baseUrl.trim(),
    auth:
      draft.auth === 'bearer'
        ? { kind: 'bearer' }
        : {
            kind: 'oauth2',
            tokenUrl: draft.tokenUrl.trim(),
            clientId: draft.clientId.trim(),
            ...(draft.scope.trim() ? { scope: draft.scope.trim() } : {}),
          },
    directory: draft.directory,
    write: draft.write,
  };
}

export type DraftProblems = Partial<Record<keyof ConnectorDraft, true>>;

export function problemsOf(draft: ConnectorDraft): DraftProblems {
  const oauth2 = draft.auth === 'oauth2';
  return {
    ...(draft.name.trim() ? {} : { name: true }),
    ...(draft.baseUrl.trim() ? {} : { baseUrl: true }),
    ...(oauth2 && !draft.tokenUrl.trim() ? { tokenUrl: true } : {}),
    ...(oauth2 && !draft.clientId.trim() ? { clientId: true } : {}),
  };
}

/** The origin of an address; undefined while it is none. */
export function originOf(url: string): string | undefined {
  try {
    return new URL(url.trim()).origin;
  } catch {
    return undefined;
  }
}
