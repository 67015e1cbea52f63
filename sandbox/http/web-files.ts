/** Files of a built single-page application, from one directory and never from outside it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';
import type { HttpReply } from './router';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

export function fileIn(directory: string, path: string): { type: string; bytes: Buffer } | undefined {
  const file = normalize(join(directory, path));
  if (!file.startsWith(directory + sep) || path.includes('\0')) return undefined;
  if (!existsSync(file) || !statSync(file).isFile()) return undefined;
  return { type: TYPES[extname(file)] ?? 'application/octet-stream', bytes: readFileSync(file) };
}

export function fileReply(directory: string, path: string, headers: Record<string, string> = {}): HttpReply {
  const found = fileIn(directory, path);
  if (!found) return { status: 404, body: { error: `There is no ${path} here` } };
  return {
    status: 200,
    headers: {
      'content-type': found.type,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
      ...headers,
    },
    body: found.bytes,
  };
}
