/** What the sandbox's pages ask for besides Jira's own REST: who is signed in, the app's frames, the SCIM directory. */
import type { World } from '../world';
import { people, project, scim, type SeedPerson } from '../seed/company';
import { frameContext } from './frames-context';
import { productCall } from './frames-product';
import { ClientError, type HttpReply, type HttpRequest, jsonObject, type Route, textField } from './router';
import { scimConsole } from './web-scim';
import type { WebSessions } from './web-sessions';
import { storySoFar } from './web-story';

const ok = (body: unknown, headers: Record<string, string> = {}): HttpReply => ({
  status: 200,
  headers: { 'cache-control': 'no-store', 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

export function webRoutes(world: World, sessions: WebSessions, framesOrigin: string): Route[] {
  const required = (request: HttpRequest): SeedPerson => {
    const person = sessions.person(request);
    if (!person) throw new ClientError(401, 'Nobody is signed in');
    return person;
  };
  const session = (person: SeedPerson | undefined) => ({
    person: person ? personView(person) : null,
    people: people.map(personView),
    framesOrigin,
    project,
    targets: [scim.name],
  });

  return [
    { method: 'GET', path: '/sandbox/session', handle: (request) => ok(session(sessions.person(request))) },
    {
      method: 'POST',
      path: '/sandbox/session',
      handle: (request) => {
        const email = textField(jsonObject(request), 'as');
        const cookie = sessions.open(email);
        if (cookie === undefined) throw new ClientError(404, `There is no person ${email}`);
        return ok(session(people.find((person) => person.email === email)), { 'set-cookie': cookie });
      },
    },
    {
      method: 'DELETE',
      path: '/sandbox/session',
      handle: (request) => ok(session(undefined), { 'set-cookie': sessions.end(request) }),
    },
    {
      method: 'GET',
      path: '/sandbox/frame-context',
      handle: async (request) => {
        const module = request.query.get('module') ?? '';
        return ok(await frameContext(world, required(request), module, request.query.get('issue') ?? undefined));
      },
    },
    {
      method: 'POST',
      path: '/sandbox/frame-invoke',
      handle: async (request) => {
        const person = required(request);
        const body = jsonObject(request);
        const issue = body['issue'];
        return ok(
          await world.invoke({
            as: person.email,
            module: textField(body, 'module'),
            function: textField(body, 'function'),
            ...(typeof issue === 'string' ? { issue } : {}),
            payload: body['payload'] ?? {},
          }),
        );
      },
    },
    {
      method: 'POST',
      path: '/sandbox/frame-product',
      handle: async (request) => ok(await productCall(world, required(request), jsonObject(request))),
    },
    { method: 'GET', path: '/sandbox/faults', handle: () => ok(world.platform.currentFaults()) },
    { method: 'GET', path: '/sandbox/story', handle: async () => ok(await storySoFar(world)) },
    { method: '*', path: '/sandbox/scim/*', handle: (request) => scimConsole(world, request) },
  ];
}

/** A person as everybody at the company knows them. A hidden e-mail is still the name one signs in with here. */
function personView(person: SeedPerson) {
  const { key, email, accountId, displayName, licensed, roles, timeZone } = person;
  return { key, email, accountId, displayName, licensed, roles, timeZone, title: person.directory.title };
}
