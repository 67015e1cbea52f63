/** The sandbox's own calls, under `/sandbox`: look at it, act in it, move its time, break it. */
import type { Faults } from '../contracts';
import type { World } from '../world';
import { administrationRoutes } from './administration-routes';
import { ClientError, type HttpReply, jsonObject, type Route, textField } from './router';

const ok = (body: unknown): HttpReply => ({ status: 200, body });

/** Runs what may refuse the caller's input with a message for the caller. */
async function refusing<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new ClientError(400, (error as Error).message);
  }
}

export function sandboxRoutes(world: World): Route[] {
  return [
    {
      method: 'GET',
      path: '/sandbox/health',
      handle: () => ok({ ok: true, now: world.now(), lastSweep: world.lastSweep() }),
    },
    { method: 'GET', path: '/sandbox/state', handle: async () => ok(await world.state()) },
    {
      method: 'POST',
      path: '/sandbox/invoke',
      handle: async (request) => {
        const body = jsonObject(request);
        const issue = body['issue'];
        if (issue !== undefined && typeof issue !== 'string')
          throw new ClientError(400, '"issue" must be an issue key');
        const answer = await world.invoke({
          as: textField(body, 'as'),
          module: textField(body, 'module'),
          function: textField(body, 'function'),
          ...(issue === undefined ? {} : { issue }),
          payload: body['payload'] ?? {},
        });
        return ok(answer.ok ? { ok: true, result: answer.result ?? null } : answer);
      },
    },
    {
      method: 'POST',
      path: '/sandbox/clock',
      handle: async (request) => {
        const duration = textField(jsonObject(request), 'advance');
        return ok({ now: await refusing(() => world.advance(duration)) });
      },
    },
    {
      method: 'POST',
      path: '/sandbox/settle',
      handle: async () => {
        await world.settle();
        return ok({ ok: true, now: world.now() });
      },
    },
    {
      method: 'POST',
      path: '/sandbox/faults',
      handle: async (request) => {
        const wanted = jsonObject(request) as Faults;
        await refusing(() => world.faults(wanted));
        return ok({ ok: true, faults: wanted });
      },
    },
    {
      method: 'GET',
      path: '/sandbox/ledger',
      handle: ({ query }) => {
        const since = Number(query.get('since') ?? 1);
        if (!Number.isInteger(since)) throw new ClientError(400, '"since" must be a whole number');
        return ok(world.ledger(since));
      },
    },
    ...administrationRoutes(world),
    {
      method: 'GET',
      path: '/sandbox/export',
      handle: async () => ({
        status: 200,
        headers: { 'content-type': 'application/x-ndjson' },
        body: await world.exportAudit(),
      }),
    },
    { method: 'GET', path: '/sandbox/unmodelled', handle: () => ok({ operations: world.unmodelled() }) },
    { method: 'GET', path: '/sandbox/egress', handle: () => ok({ approved: world.platform.egress.approved() }) },
    {
      method: 'POST',
      path: '/sandbox/egress',
      handle: async (request) => {
        const host = textField(jsonObject(request), 'host');
        await refusing(() => world.platform.egress.approve(host));
        return ok({ approved: world.platform.egress.approved() });
      },
    },
    {
      method: 'DELETE',
      path: '/sandbox/egress',
      handle: (request) => {
        const host = request.query.get('host') ?? textField(jsonObject(request), 'host');
        if (!world.platform.egress.withdraw(host)) throw new ClientError(404, `${host} is not approved`);
        return ok({ approved: world.platform.egress.approved() });
      },
    },
  ];
}
