import type { Request, RequestHandler, Response } from 'express';
import { OAUTH_CLIENT, SCOPES, TOKEN_SECONDS, type AccessTokens, type Scope } from './access-tokens';

class OAuthRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    description: string,
  ) {
    super(description);
  }
}

/** RFC 6749, 4.4: a token for client credentials, given in the Authorization header or in the body, never in both. */
export function tokenEndpoint(tokens: AccessTokens): RequestHandler {
  return (req, res) => {
    res.set({ 'cache-control': 'no-store', pragma: 'no-cache' });
    try {
      const form = readForm(req);
      authenticateClient(req, form);
      const grant = form.get('grant_type');
      if (!grant) throw new OAuthRefusal(400, 'invalid_request', 'grant_type is missing');
      if (grant !== 'client_credentials') {
        throw new OAuthRefusal(400, 'unsupported_grant_type', 'only client_credentials is supported');
      }
      const scopes = readScopes(form.get('scope'));
      const token = tokens.issue(scopes);
      res.json({ access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS, scope: scopes.join(' ') });
    } catch (error) {
      if (!(error instanceof OAuthRefusal)) throw error;
      refuse(res, error);
    }
  };
}

function readForm(req: Request): URLSearchParams {
  if (req.method !== 'POST') throw new OAuthRefusal(405, 'invalid_request', 'the token endpoint takes POST only');
  if (typeof req.body !== 'string') {
    throw new OAuthRefusal(400, 'invalid_request', 'the body must be application/x-www-form-urlencoded');
  }
  const form = new URLSearchParams(req.body);
  for (const name of form.keys()) {
    if (form.getAll(name).length > 1) throw new OAuthRefusal(400, 'invalid_request', `${name} is given twice`);
  }
  return form;
}

function authenticateClient(req: Request, form: URLSearchParams): void {
  const header = req.get('authorization');
  const inBody = form.has('client_secret');
  if (header !== undefined && inBody) {
    throw new OAuthRefusal(400, 'invalid_request', 'the client authenticates in two ways at once');
  }
  const given = header === undefined ? [form.get('client_id'), form.get('client_secret')] : basicCredentials(header);
  if (given[0] !== OAUTH_CLIENT.id || given[1] !== OAUTH_CLIENT.secret) {
    throw new OAuthRefusal(401, 'invalid_client', 'client authentication failed');
  }
}

/** RFC 6749, 2.3.1: identifier and secret are form-encoded before they are joined. */
function basicCredentials(header: string): string[] {
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(header)?.[1] ?? '';
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? [] : [text.slice(0, colon), text.slice(colon + 1)].map(formDecoded);
}

const formDecoded = (text: string) => new URLSearchParams(`v=${text.replaceAll('&', '%26')}`).get('v') ?? '';

function readScopes(scope: string | null): Scope[] {
  if (!scope) return [...SCOPES];
  return [...new Set(scope.split(' '))].map((name) => {
    const known = SCOPES.find((candidate) => candidate === name);
    if (!known) throw new OAuthRefusal(400, 'invalid_scope', `the scope '${name}' is unknown`);
    return known;
  });
}

function refuse(res: Response, refusal: OAuthRefusal): void {
  if (refusal.status === 401) res.set('www-authenticate', 'Basic realm="SCIM directory"');
  if (refusal.status === 405) res.set('allow', 'POST');
  res.status(refusal.status).json({ error: refusal.code, error_description: refusal.message });
}
