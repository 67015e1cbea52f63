/** The relay: `node proofgate-relay.mjs relay.json`. What stands in the file is described in docs/on-premises.md. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { readFor, type LocalTarget } from './read-target';
import { runRelay, type Post } from './run-relay';

const filled = v.pipe(v.string(), v.minLength(1));
const settings = v.strictObject({
  app: v.pipe(filled, v.url()),
  connector: filled,
  secretFile: filled,
  target: v.strictObject({ baseUrl: v.pipe(filled, v.url()), tokenFile: filled }),
  waitSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(15)), 15),
});

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);
const answerMs = 30_000;
const answerBytes = 1024 * 1024;

function main(file: string | undefined): void {
  if (file === undefined) throw new Error('Usage: node proofgate-relay.mjs relay.json');
  const asked = v.parse(settings, JSON.parse(readFileSync(file, 'utf8')));
  for (const url of [asked.app, asked.target.baseUrl]) requireSafe(url);
  const target: LocalTarget = {
    baseUrl: asked.target.baseUrl.replace(/\/+$/, ''),
    token: readFileSync(asked.target.tokenFile, 'utf8').trim(),
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
  note('started');
  void runRelay(
    {
      connectorId: asked.connector,
      secret: readFileSync(asked.secretFile, 'utf8').trim(),
      post: poster(asked.app),
      read: (job) => readFor(job, target),
      now: () => new Date().toISOString(),
      waitSeconds: asked.waitSeconds,
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      note,
    },
    () => false,
  );
}

/** Secrets travel over HTTPS, except on this very machine. */
function requireSafe(url: string): void {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback.has(hostname)))
    throw new Error(`${url} has to begin with https://`);
}

function poster(url: string): Post {
  return async (headers, body) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(answerMs),
    });
    return {
      status: answer.status,
      signature: answer.headers.get('x-proofgate-signature') ?? undefined,
      body: await bounded(answer),
    };
  };
}

async function bounded(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > answerBytes) throw new Error('The answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function note(text: string): void {
  process.stdout.write(`${new Date().toISOString()} ${text}\n`);
}

main(process.argv[2]);
