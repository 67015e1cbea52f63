/** Jira and JSM over REST: with Basic auth for scripts and acceptance checks, with the session for the sandbox's pages. */
import type { Actor } from '../contracts';
import type { World } from '../world';
import type { HttpReply, HttpRequest, Route } from './router';

export function siteRoutes(
  world: World,
  signedIn: (request: HttpRequest) => Actor | undefined = () => undefined,
): Route[] {
  const handle = async (request: HttpRequest): Promise<HttpReply> => {
    const actor = authenticate(world, request.headers['authorization']?.[0]) ?? signedIn(request);
    if (!actor)
      return {
        status: 401,
        // A page that asks gets its own sign-in, not the browser's password dialog.
        headers:
          request.headers['sec-fetch-mode']?.[0] === 'cors' || request.headers['sec-fetch-mode']?.[0] === 'same-origin'
            ? {}
            : { 'www-authenticate': 'Basic realm="sandbox"' },
        body: { errorMessages: ['Sign in with Basic authentication: e-mail of a seeded person, password "sandbox".'] },
      };
    const answer = await world.site.handle({
      method: request.method,
      path: request.target,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, values]) => [name, values.join(', ')])),
      ...(request.body === '' ? {} : { body: request.body }),
      actor,
    });
    if (answer.status === 501) world.platform.unmodelled.record(`${request.method} ${request.path}`);
    const headers =
      answer.body === undefined
        ? answer.headers
        : { 'content-type': 'application/json;charset=UTF-8', ...answer.headers };
    // A JSON text is a text to the server and must not lose its quotes.
    return {
      status: answer.status,
      headers,
      ...(answer.body === undefined ? {} : { body: JSON.stringify(answer.body) }),
    };
  };
  return [
    { method: '*', path: '/rest/api/*', handle },
    { method: '*', path: '/rest/servicedeskapi/*', handle },
  ];
}

function authenticate(world: World, header: string | undefined): Actor | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : world.site.authenticate(text.slice(0, colon), text.slice(colon + 1));
}
