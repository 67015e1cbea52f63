/** The sandbox's SCIM server alone, in a process of its own, with its state in the folder given. */
import { join } from 'node:path';
import { startScimServer } from '../../../sandbox/scim/server';
import { openStore } from '../../../sandbox/store';

void (async () => {
  const [folder = '.', port = '0'] = process.argv.slice(2);
  const server = await startScimServer({
    store: openStore(join(folder, 'scim')),
    clock: { now: () => Date.now() },
    port: Number(port),
  });
  process.stdout.write(`ready ${server.baseUrl}\n`);
})();
