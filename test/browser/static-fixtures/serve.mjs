/**
 * Serves the built screens with made-up data, under the strict CSP of a Forge resource:
 * `node serve.mjs` and open http://localhost:4173/?surface=panel&state=not-proven&theme=dark
 */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as views from './views.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../../..');
const dist = path.join(root, 'static/dist');
const require = createRequire(import.meta.url);
const themes = ['atlassian-light', 'atlassian-dark', 'atlassian-spacing', 'atlassian-typography', 'atlassian-shape'];
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};
const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors *";

/** Starts the server; answers its origin and how to stop it. */
export function serve(port = 0) {
  const server = createServer((request, response) => {
    answer(new URL(request.url, 'http://x')).then(
      ({ type, body }) => response.writeHead(200, { 'content-type': type, 'content-security-policy': csp }).end(body),
      () => response.writeHead(404).end('not found'),
    );
  });
  return new Promise((resolve) =>
    server.listen(port, '127.0.0.1', () =>
      resolve({ origin: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() }),
    ),
  );
}

async function answer(url) {
  if (url.pathname === '/favicon.ico')
    return { type: types['.svg'], body: '<svg xmlns="http://www.w3.org/2000/svg"/>' };
  const name = url.pathname === '/' ? '/index.html' : url.pathname;
  if (name === '/__fixture/views.js') return { type: types['.js'], body: `window.__views = ${JSON.stringify(views)};` };
  if (name === '/__fixture/bridge.js')
    return { type: types['.js'], body: await readFile(path.join(here, 'bridge.js')) };
  if (name.startsWith('/__theme/')) {
    const theme = themes.find((known) => `/__theme/${known}.css` === name);
    const module = require(path.join(root, 'node_modules/@atlaskit/tokens/dist/cjs/artifacts/themes', `${theme}.js`));
    return { type: types['.css'], body: module.default };
  }
  const body = await readFile(path.join(dist, path.normalize(name)));
  if (name !== '/index.html') return { type: types[path.extname(name)] ?? 'application/octet-stream', body };
  const scripts = '<script src="/__fixture/views.js"></script><script src="/__fixture/bridge.js"></script>';
  return { type: 'text/html', body: body.toString().replace('<head>', `<head>${scripts}`) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { origin } = await serve(Number(process.env.PORT ?? 4173));
  process.stdout.write(`ready ${origin}/?surface=panel&state=not-proven\n`);
}
