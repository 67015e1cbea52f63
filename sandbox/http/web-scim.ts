/** The console of the SCIM directory: the same server the app reads, reached as its administrator. */
import type { World } from '../world';
import { scim } from '../seed/company';
import type { HttpReply, HttpRequest } from './router';

const PREFIX = '/sandbox/scim';
const TYPE = 'application/scim+json';

export async function scimConsole(world: World, request: HttpRequest): Promise<HttpReply> {
  const target = world.target(scim.name);
  const answer = await fetch(target.baseUrl + request.target.slice(PREFIX.length), {
    method: request.method,
    headers: {
      authorization: `Bearer ${target.token}`,
      accept: TYPE,
      ...(request.body === '' ? {} : { 'content-type': TYPE }),
    },
    ...(request.body === '' ? {} : { body: request.body }),
  });
  const body = await answer.text();
  return {
    status: answer.status,
    headers: { 'content-type': TYPE, 'cache-control': 'no-store' },
    ...(body === '' ? {} : { body }),
  };
}
