/** `requestJira` of a frame: the person who looks calls Jira, within the scopes that the app declares. */
import type { SeedPerson } from '../seed/company';
import type { World } from '../world';
import { ClientError, textField } from './router';

/** The answer as the bridge hands it to the frame. */
export interface ProductAnswer {
  status: number;
  statusText: string;
  headers: Record<string, string>;
  body: string;
  isAttachment: false;
}

const JSON_TYPE = { 'content-type': 'application/json;charset=UTF-8' };

export async function productCall(
  world: World,
  person: SeedPerson,
  wanted: Record<string, unknown>,
): Promise<ProductAnswer> {
  const path = textField(wanted, 'path');
  const method = (typeof wanted['method'] === 'string' ? wanted['method'] : 'GET').toUpperCase();
  if (!path.startsWith('/rest/')) throw new ClientError(400, `requestJira takes REST paths, not ${path}`);
  const rule = world.site.scopeRule(method, path);
  const operation = `${method} ${path.split('?')[0] ?? ''}`;
  if (!rule) {
    world.platform.unmodelled.record(operation);
    return reply(501, { code: 501, message: `The sandbox does not model ${operation}` });
  }
  const allowed = rule.scopes.length === 0 || rule.scopes.some((scope) => world.manifest.scopes.has(scope));
  if (!allowed) return reply(401, { code: 401, message: 'Unauthorized; scope does not match' });
  const body = wanted['body'];
  const answer = await world.site.handle({
    method,
    path,
    headers: JSON_TYPE,
    ...(typeof body === 'string' && body !== '' ? { body } : {}),
    actor: { kind: 'user', accountId: person.accountId },
  });
  return reply(answer.status, answer.body, answer.headers);
}

const reply = (status: number, body: unknown, headers: Record<string, string> = JSON_TYPE): ProductAnswer => ({
  status,
  statusText: '',
  headers,
  body: body === undefined ? '' : JSON.stringify(body),
  isAttachment: false,
});
