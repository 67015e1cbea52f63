import type { Transport } from '../../src/adapters/targets/http/transport';

export interface Travelled {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  answered: boolean;
}

/**
 * Stands for the platform's fetch and for the reverse proxy before a server: https host names lead to servers on
 * loopback, everything else does not exist.
 */
export class Road {
  readonly travelled: Travelled[] = [];

  constructor(private readonly routes: Readonly<Record<string, string>>) {}

  readonly transport: Transport = async (url, init) => {
    const { protocol, host, pathname, search } = new URL(url);
    const origin = protocol === 'https:' ? this.routes[host] : undefined;
    if (origin === undefined) throw new TypeError('fetch failed');
    const travelled: Travelled = {
      method: init.method,
      url,
      authorization: init.headers['authorization'],
      answered: false,
    };
    this.travelled.push(travelled);
    const headers = { ...init.headers, 'x-forwarded-host': host, 'x-forwarded-proto': 'https' };
    try {
      return await fetch(`${origin}${pathname}${search}`, { ...init, headers });
    } finally {
      travelled.answered = true;
    }
  };

  /** Whether somebody is waiting for an answer. */
  get waiting(): boolean {
    return this.travelled.some(({ answered }) => !answered);
  }
}
