import { toolPackage } from '../installed';

/** The part of pg that is used here. */
export interface SqlClient {
  connect(): Promise<void>;
  end(): Promise<void>;
  query(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ readonly rows: ReadonlyArray<Readonly<Record<string, unknown>>> }>;
  on(event: 'error', listener: (error: Error) => void): void;
}

export interface DatabaseAccount {
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

interface Pg {
  readonly Client: new (
    options: DatabaseAccount & {
      host: string;
      database: string;
      connectionTimeoutMillis: number;
      query_timeout: number;
    },
  ) => SqlClient;
}

/** Runs work over a connection of its own, logged in as a role. */
export async function asRole<T>(account: DatabaseAccount, work: (client: SqlClient) => Promise<T>): Promise<T> {
  const client = new (toolPackage<Pg>('pg').Client)({
    ...account,
    host: '127.0.0.1',
    database: 'postgres',
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
  });
  // A connection that breaks between two questions is told to the next one.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A name as SQL quotes it. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
