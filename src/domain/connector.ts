import type { Instant } from './instant';

/** How the app signs in to a target. The secret itself is stored apart and never leaves the backend. */
export type ConnectorAuth =
  | { readonly kind: 'bearer' }
  | { readonly kind: 'oauth2'; readonly tokenUrl: string; readonly clientId: string; readonly scope?: string };

/** The configured way to read (and, if enabled, write) one target system. */
export interface Connector {
  readonly id: string;
  /** The target's name as people write it on requests. */
  readonly name: string;
  readonly kind: 'scim';
  /** Canonical base URL without a trailing slash. */
  readonly baseUrl: string;
  /** Origin of the base URL; the secret is bound to it. */
  readonly origin: string;
  readonly auth: ConnectorAuth;
  /** This target is the company's directory: people, managers and departments are looked up here. */
  readonly directory: boolean;
  /** The app may change this target. Off unless an admin switched it on. */
  readonly write: boolean;
  readonly secret?: { readonly fingerprint: string; readonly setAt: Instant; readonly origin: string };
}
