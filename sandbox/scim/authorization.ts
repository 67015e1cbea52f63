import type { RequestHandler } from 'express';
import SCIMMY from 'scimmy';
import type { AccessTokens } from './access-tokens';

/** Lets a request through when its bearer token allows it: 401 without a valid token, 403 for a write without the right. */
export function bearerAuthorization(tokens: AccessTokens): RequestHandler {
  return (req, res, next) => {
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(req.get('authorization') ?? '')?.[1];
    const scopes = token === undefined ? undefined : tokens.scopesOf(token);
    const refuse = (status: number, challenge: string, message: string) => {
      res
        .set('www-authenticate', `Bearer realm="SCIM directory"${challenge}`)
        .status(status)
        .type('application/scim+json');
      res.send(JSON.stringify(new SCIMMY.Messages.ErrorResponse({ status: status as 401, detail: message })));
    };
    if (!scopes) {
      const challenge = token === undefined ? '' : ', error="invalid_token"';
      refuse(401, challenge, 'A valid bearer token is needed');
    } else if (isWrite(req.method, req.path) && !scopes.includes('scim:write')) {
      refuse(403, ', error="insufficient_scope", scope="scim:write"', 'This token may only read');
    } else next();
  };
}

/** `POST …/.search` is a query with its parameters in the body. */
const isWrite = (method: string, path: string) =>
  !['GET', 'HEAD', 'OPTIONS'].includes(method) && !(method === 'POST' && path.endsWith('/.search'));
