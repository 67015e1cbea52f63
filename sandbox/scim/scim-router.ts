import type { Request, RequestHandler } from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';
import { declareResources, type ScimContext } from './resources';

const contexts = new WeakMap<Request, ScimContext>();
let router: RequestHandler | undefined;
let lastTurn: Promise<unknown> = Promise.resolve();

/**
 * SCIM over one directory. All servers of a process share scimmy's one declaration and one router, and the context of
 * each request says which directory is meant.
 *
 * Requests take turns over the whole process: scimmy keeps the base address of its answers in a global, and its PATCH
 * reads, waits and writes. A turn starts when the body has been read, so it lasts a few microtasks.
 */
export function scimRouter(contextOf: (req: Request) => ScimContext): RequestHandler {
  const shared = (router ??= createRouter());
  return (req, res, next) => {
    // scimmy would patch or replace the projection of a resource and so lose what the projection left out.
    if (['PUT', 'PATCH'].includes(req.method)) req.query = {};
    const { filter, ...query } = req.query;
    req.query = query;
    contexts.set(req, { ...contextOf(req), filter: filter === undefined ? undefined : String(filter) });
    const previous = lastTurn;
    lastTurn = new Promise<void>((release) => {
      const end = res.end;
      res.end = ((...args: Parameters<typeof end>) => {
        release();
        return end.apply(res, args);
      }) as typeof end;
      res.once('close', release);
    });
    previous.then(() => shared(req, res, next)).catch(next);
  };
}

function createRouter(): RequestHandler {
  declareResources();
  const created = new SCIMMYRouters({
    type: 'bearer',
    // Authorisation has happened before; and no token belongs to a person whom /Me could show.
    handler: () => 'nobody',
    context: contextFor,
    baseUri: (req) => new URL(contextFor(req).base).origin,
  });
  // One request is one transaction here, which a bulk of half-failed operations is not.
  SCIMMY.Config.set('bulk', false);
  return created;
}

function contextFor(req: Request): ScimContext {
  const context = contexts.get(req);
  if (!context) throw new Error('request without a directory');
  return context;
}
