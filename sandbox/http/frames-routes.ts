/** The other origin: the app's built screens, as the content delivery network of Forge serves them. */
import { resolve } from 'node:path';
import type { World } from '../world';
import { globalBridge } from './frames-bridge';
import { framePolicy, REPORT_PATH } from './frames-policy';
import type { HttpReply, Route } from './router';
import { fileIn, fileReply } from './web-files';
import { themeSheet } from './web-theme';

const ROOT = resolve(__dirname, '..', '..');
const SCRIPT = '/bridge/global-bridge.js';

export function framesRoutes(
  world: World,
  options: { pageOrigin: string; host: string; onViolation: (report: string) => void },
): Route[] {
  const routes: Route[] = [
    { method: 'GET', path: SCRIPT, handle: () => text('text/javascript; charset=utf-8', globalBridge()) },
    { method: 'GET', path: '/bridge/theme/:file', handle: ({ params }) => themeSheet(params['file'] as string) },
    {
      method: 'POST',
      path: REPORT_PATH,
      handle: (request) => {
        options.onViolation(request.body);
        return { status: 204 };
      },
    },
    ...world.manifest.resources.map((resource): Route => {
      const prefix = `/${String(resource['key'])}/`;
      const directory = resolve(ROOT, String(resource['path']));
      return {
        method: 'GET',
        path: `${prefix}*`,
        handle: ({ path }) => {
          const file = decodeURIComponent(path.slice(prefix.length)) || 'index.html';
          return file.endsWith('.html') ? document(directory, file) : fileReply(directory, file);
        },
      };
    }),
  ];
  // Under its other name this server would be the same site as the pages.
  return routes.map((route) => ({
    ...route,
    handle: (request) =>
      request.headers['host']?.[0] === options.host
        ? route.handle(request)
        : { status: 421, body: { error: `Frames live at ${options.host}` } },
  }));

  function document(directory: string, file: string): HttpReply {
    const found = fileIn(directory, file);
    if (!found)
      return text(
        'text/plain; charset=utf-8',
        `The screens are not built: ${file} is missing. Run: npm run build -w static`,
        404,
      );
    const html = withBridge(found.bytes.toString('utf8'), options.pageOrigin);
    return {
      status: 200,
      headers: {
        'content-type': found.type,
        'content-security-policy': framePolicy(html, world.manifest, options.pageOrigin),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      },
      body: html,
    };
  }
}

const text = (type: string, body: string, status = 200): HttpReply => ({
  status,
  headers: { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  body,
});

/** A synchronous script before everything else: the app reads window.__bridge when its first module is evaluated. */
function withBridge(html: string, pageOrigin: string): string {
  const script = `<script src="${SCRIPT}" data-page-origin="${pageOrigin}"></script>`;
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + script) : script + html;
}
