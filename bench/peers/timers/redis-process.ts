/** A Redis of the bench's own, on a free port of loopback, set up as BullMQ asks for and with every write on disk. */
import { createServer, type AddressInfo } from 'node:net';
import { startOwn, type OwnProcess } from './own-processes';

/** Starts `redis-server` with its data in `directory`. */
export async function startRedis(directory: string): Promise<{ redis: OwnProcess; port: number }> {
  const port = await freePort();
  const settings = {
    bind: '127.0.0.1',
    port: String(port),
    dir: directory,
    appendonly: 'yes',
    appendfsync: 'always',
    save: '',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const redis = startOwn('redis-server', args);
  await redis.printed(/Ready to accept connections/);
  return { redis, port };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
