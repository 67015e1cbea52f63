/** The public addresses of the app's web triggers. */
import type { World } from '../world';
import type { HttpReply, HttpRequest, Route } from './router';

export function webTriggerRoutes(world: World): Route[] {
  const handle = async (request: HttpRequest): Promise<HttpReply> => {
    const { method, target, headers, body } = request;
    return world.callWebTrigger({ method, path: target, headers, body });
  };
  return [{ method: '*', path: '/x1/*', handle }];
}
