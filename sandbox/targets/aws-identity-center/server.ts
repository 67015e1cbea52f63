/** A fake of AWS IAM Identity Center over the sandbox's store: identity store and assignments, each on its own host. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { directoryGroups, people } from '../../seed/company';
import type { Clock, Store, TargetServer } from '../../contracts';
import { IdentityStore } from './identity-store';
import { AwsRefusal, Operations } from './operations';
import { refusedSignature } from './signature';

export interface IdentityCenterOptions {
  store: Store;
  clock: Clock;
}

export const awsRegion = 'eu-central-1';
export const storeHost = `identitystore.${awsRegion}.amazonaws.com`;
export const adminHost = `sso.${awsRegion}.amazonaws.com`;
export const awsReader = {
  accessKeyId: 'AKIASANDBOXREADER001',
  secretAccessKey: 'sandbox/aws+reader+secret+access+key+00001',
};
export const awsWriter = {
  accessKeyId: 'AKIASANDBOXWRITER001',
  secretAccessKey: 'sandbox/aws+writer+secret+access+key+00001',
};

export interface IdentityCenterServer extends TargetServer {
  readonly directory: IdentityStore;
  readonly operations: Operations;
}

export async function startAwsIdentityCenter({ store, clock }: IdentityCenterOptions): Promise<IdentityCenterServer> {
  const directory = new IdentityStore(store);
  seed(directory);
  const operations = new Operations(directory);
  const handle = (req: IncomingMessage, body: string): { status: number; body: object } => {
    const host = String(req.headers['x-forwarded-host'] ?? req.headers.host ?? '').toLowerCase();
    const service = host === adminHost ? 'sso' : 'identitystore';
    const signed = { method: req.method ?? '', path: req.url ?? '', host, headers: req.headers, body };
    const refused = refusedSignature(signed, [awsReader, awsWriter], awsRegion, service, clock.now());
    if (refused !== undefined)
      return { status: 400, body: { __type: refused, message: 'The signature is not right.' } };
    const prefix = service === 'sso' ? 'SWBExternalService.' : 'AWSIdentityStore.';
    const target = String(req.headers['x-amz-target'] ?? '');
    try {
      if (req.method !== 'POST' || req.url !== '/' || !target.startsWith(prefix))
        throw new AwsRefusal('UnknownOperationException', '');
      if (req.headers['content-type'] !== 'application/x-amz-json-1.1')
        throw new AwsRefusal('SerializationException', 'Content type');
      const mayWrite = req.headers.authorization?.includes(awsWriter.accessKeyId) === true;
      const input = JSON.parse(body) as Record<string, unknown>;
      return { status: 200, body: operations.run(service, target.slice(prefix.length), input, mayWrite) };
    } catch (error) {
      if (!(error instanceof AwsRefusal)) throw error;
      return { status: 400, body: { __type: error.type, Message: error.message, ...error.more } };
    }
  };
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      try {
        send(res, handle(req, Buffer.concat(chunks).toString('utf8')));
      } catch {
        send(res, { status: 500, body: { __type: 'InternalServerException' } });
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    name: 'AWS IAM Identity Center',
    host: storeHost,
    aliases: [adminHost],
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: awsReader.secretAccessKey,
    directory,
    operations,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function seed(directory: IdentityStore): void {
  if (directory.all(directory.users).length > 0) return;
  for (const { email, displayName, accountId, directory: facts } of people)
    directory.addUser(email, {
      DisplayName: displayName,
      Title: facts.title,
      UserType: facts.userType,
      ExternalIds: [{ Issuer: 'https://scim.acme.test', Id: accountId }],
    });
  for (const { displayName } of directoryGroups) directory.addGroup(displayName);
}

function send(res: ServerResponse, { status, body }: { status: number; body: object }): void {
  res.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  res.end(JSON.stringify(body));
}
