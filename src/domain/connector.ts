import type { Instant } from './instant';

/** The systems that can be read. What each one needs and can do stands in `connector-kinds.ts`. */
export type ConnectorKind =
  | 'scim'
  | 'okta'
  | 'entra'
  | 'github'
  | 'aws-identity-center'
  | 'google-workspace'
  | 'keycloak'
  | 'keystone'
  | 'sailpoint'
  | 'feed'
  | 'relay'
  | 'manual';

/** How the app signs in to a target. The secret itself is stored apart and never leaves the backend. */
export type ConnectorAuth =
  /** The secret is a bearer token (RFC 6750). */
  | { readonly kind: 'bearer' }
  /** The secret is an API token of Okta, sent as `SSWS`. */
  | { readonly kind: 'okta-token' }
  /** OAuth 2.0 client credentials with a client secret (RFC 6749 4.4). */
  | { readonly kind: 'oauth2'; readonly tokenUrl: string; readonly clientId: string; readonly scope?: string }
  /** OAuth 2.0 client credentials with a signed assertion (RFC 7523 2.2). The secret is a private key in PKCS #8 PEM. */
  | {
      readonly kind: 'private-key-jwt';
      readonly tokenUrl: string;
      readonly clientId: string;
      readonly keyId?: string;
      readonly scope?: string;
    }
  /** OAuth 2.0 with a signed assertion as the grant (RFC 7523 2.1), as Google's service accounts do. The secret is a private key. */
  | {
      readonly kind: 'jwt-bearer';
      readonly tokenUrl: string;
      readonly issuer: string;
      /** The administrator in whose name the service account reads. */
      readonly subject?: string;
      readonly keyId?: string;
      readonly scope?: string;
    }
  /** A GitHub app's installation. The secret is the app's private key. */
  | { readonly kind: 'github-app'; readonly appId: string; readonly installationId: string }
  /** Signature version 4 of AWS. The secret is the secret access key. */
  | { readonly kind: 'sigv4'; readonly accessKeyId: string; readonly region: string }
  /** An application credential of OpenStack Keystone. The secret is the credential's. */
  | { readonly kind: 'keystone-credential'; readonly credentialId: string }
  /** A user of OpenStack Keystone, with a token of system scope. The secret is the password. */
  | { readonly kind: 'keystone-password'; readonly userName: string; readonly userDomain: string }
  /** The other side signs what it sends with the secret (HMAC-SHA-256). Nothing is called. */
  | { readonly kind: 'signature' }
  /** There is nothing to sign in to. */
  | { readonly kind: 'none' };

/** What a kind needs beside address and credentials; which of them, `connector-kinds.ts` says. */
export interface ConnectorSettings {
  readonly organization?: string;
  readonly identityStoreId?: string;
  readonly instanceArn?: string;
  readonly customer?: string;
  readonly realm?: string;
  readonly sourceId?: string;
}

/** By what the account of an identity is found in the target: its login, the part of it before `@`, or its employee number. */
export type AccountMatch = 'login' | 'local-part' | 'employee-number';

/** What is known of a stored secret without knowing it. */
export interface SecretFacts {
  readonly fingerprint: string;
  readonly setAt: Instant;
  readonly origin: string;
}

/** The configured way to read (and, if enabled, write) one target system. */
export interface Connector {
  readonly id: string;
  /** The target's name as people write it on requests. */
  readonly name: string;
  readonly kind: ConnectorKind;
  /** Canonical base URL without a trailing slash; `feed:{id}` and the like where the app calls nobody. */
  readonly baseUrl: string;
  /** Origin of the base URL; the secret is bound to it, and so is evidence. */
  readonly origin: string;
  readonly auth: ConnectorAuth;
  readonly settings?: ConnectorSettings;
  /** Absent: by the login. */
  readonly accountMatch?: AccountMatch;
  /** This target is the company's directory: people, managers and departments are looked up here. */
  readonly directory: boolean;
  /** The app may change this target. Off unless an admin switched it on. */
  readonly write: boolean;
  /** The secret that reads. */
  readonly secret?: SecretFacts;
  /** Signs in for changes; absent: as for readings, with the secret that writes. */
  readonly writeAuth?: ConnectorAuth;
  /** The secret that writes. Reading never uses it, and writing never uses the other. */
  readonly writeSecret?: SecretFacts;
}

/** What a secret is for. */
export type SecretPurpose = 'read' | 'write';
