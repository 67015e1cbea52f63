/** A target system of a few lines on loopback. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TargetServer } from '../../../sandbox/contracts';

const users = Array.from({ length: 3 }, (_, i) => ({ id: String(i + 1), userName: `user${i + 1}` }));

export async function startFakeTarget(): Promise<TargetServer> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    if (url.pathname === '/moved') return void response.writeHead(302, { location: '/Users' }).end();
    if (url.pathname === '/away') return void response.writeHead(302, { location: 'https://elsewhere.test/' }).end();
    if (url.pathname === '/host') return void response.end(request.headers.host);
    if (url.pathname === '/echo') return void request.pipe(response);
    const filter = url.searchParams.get('filter');
    const found = filter ? users.filter(({ userName }) => filter.includes(`"${userName}"`)) : users;
    response.setHeader('content-type', 'application/scim+json');
    response.end(JSON.stringify({ totalResults: found.length, Resources: found }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    name: 'fake',
    host: 'fake.example.test',
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    token: 'none',
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
