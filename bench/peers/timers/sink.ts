/** Where the peer's effects go: an append-only file behind a server on loopback, outside of queue and worker. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Made } from './tally';

/** How far away the sink is, each way: an effect stands there while its answer is still under way. */
export const oneWayMs = 10;

export interface Sink {
  readonly url: string;
  /** Every effect that stands in the file. */
  made(): readonly Made[];
  close(): Promise<void>;
}

/** Opens a sink. `POST /effects/{request}/{step}` writes an effect down, `GET` of the same says how often it stands there. */
export async function openSink(file: string): Promise<Sink> {
  writeFileSync(file, '');
  const made = (): readonly Made[] =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Made);

  const answer = async (method: string | undefined, url: string | undefined): Promise<object | undefined> => {
    const [, kind, request, step] = (url ?? '').split('/');
    if (kind !== 'effects' || request === undefined || step === undefined) return undefined;
    await wait(oneWayMs);
    if (method === 'POST') appendFileSync(file, `${JSON.stringify({ request, step, at: Date.now() })}\n`);
    const count = made().filter((effect) => effect.request === request && effect.step === step).length;
    await wait(oneWayMs);
    return { count };
  };

  const server = createServer((request, response) => {
    void answer(request.method, request.url).then((body) => {
      response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    made,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
