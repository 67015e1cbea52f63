import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Passing {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly authorization: string | undefined;
}

/** What becomes of a request: a refusal, or the credential with which it goes on to the server. */
export type Verdict = { readonly refused: number } | { readonly authorization: string };

/** A small gateway before a server that does not check its callers, or checks them in another way. For tests only. */
export class CheckingFront {
  private readonly server: Server;

  private constructor(upstream: () => string, check: (passing: Passing) => Promise<Verdict>) {
    this.server = createServer((req, res) => {
      void (async () => {
        const body = await bodyOf(req);
        const { method = '', url = '/', headers } = req;
        const verdict = await check({ method, url, authorization: headers.authorization });
        if ('refused' in verdict) return void res.writeHead(verdict.refused).end();
        const { 'content-type': type, accept } = headers;
        const answer = await fetch(`${upstream()}${url}`, {
          method,
          headers: {
            authorization: verdict.authorization,
            ...(accept === undefined ? {} : { accept }),
            ...(type === undefined ? {} : { 'content-type': type }),
          },
          ...(body.length > 0 ? { body } : {}),
        });
        res.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
        res.end(Buffer.from(await answer.arrayBuffer()));
      })().catch(() => void res.writeHead(502).end());
    });
  }

  static async before(upstream: () => string, check: (passing: Passing) => Promise<Verdict>): Promise<CheckingFront> {
    const front = new CheckingFront(upstream, check);
    await new Promise<void>((resolve) => front.server.listen(0, '127.0.0.1', resolve));
    return front;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}

async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
