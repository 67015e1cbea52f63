import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import OpenAPIBackend, { type Document } from 'openapi-backend';
import type { Transport } from '../../src/adapters/targets/http/transport';

/** Vendors' official API descriptions, when they lie beside the repository. They are data and never part of it. */
const folder = join(__dirname, '../../../shared/specs');

/** One request that went out and what came back. */
export interface Spoken {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly sent: unknown;
  readonly status: number;
  readonly received: unknown;
}

interface Operation {
  operationId?: string;
  readonly responses: Record<string, { content?: Record<string, { schema?: unknown }> }>;
}

interface Description {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly [key: string]: unknown;
}

/** Something that the descriptions contradict although the vendor does it. Each carries its reason. */
export interface KnownFault {
  readonly operation: RegExp;
  /** Status, or the place in the answer. */
  readonly at: RegExp;
  readonly reason: string;
}

/** Every call through it is written down. */
export function overheard(transport: Transport, spoken: Spoken[]): Transport {
  return async (url, init) => {
    const answer = await transport(url, init);
    const bytes = await answer.arrayBuffer();
    const { pathname, search } = new URL(url);
    spoken.push({
      method: init.method,
      path: pathname,
      query: search.slice(1),
      headers: init.headers,
      sent: bodyOf(init.body, init.headers['content-type']),
      status: answer.status,
      received: bytes.byteLength === 0 ? undefined : (JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown),
    });
    return {
      status: answer.status,
      headers: answer.headers,
      body: new Blob([bytes]).stream(),
      arrayBuffer: () => Promise.resolve(bytes),
    };
  };
}

function bodyOf(body: string | undefined, type: string | undefined): unknown {
  if (body === undefined) return undefined;
  return type?.includes('json') ? (JSON.parse(body) as unknown) : Object.fromEntries(new URLSearchParams(body));
}

interface Choice {
  readonly oneOf?: readonly unknown[];
  readonly discriminator?: { readonly propertyName: string; readonly mapping?: Readonly<Record<string, string>> };
}

/** A choice goes by the property that the description names for it. Tried one by one, several of the schemas would match. */
function byDiscriminator(_key: string, value: unknown): unknown {
  const { oneOf, discriminator } = (value ?? {}) as Choice;
  if (!Array.isArray(oneOf) || discriminator?.mapping === undefined) return value;
  const { propertyName, mapping } = discriminator;
  return {
    type: 'object',
    required: [propertyName],
    properties: { [propertyName]: { enum: Object.keys(mapping) } },
    allOf: Object.entries(mapping).map(([name, $ref]) => ({
      if: { properties: { [propertyName]: { const: name } } },
      then: { $ref },
    })),
  };
}

const methodNames: ReadonlySet<string> = new Set(['get', 'put', 'post', 'patch', 'delete', 'head']);

/** The official descriptions of one service; says what in an exchange they do not know. */
export class DescribedService {
  private readonly backends: readonly OpenAPIBackend[];
  private readonly operations = new Map<string, Operation>();

  constructor(
    files: readonly string[],
    private readonly faults: readonly KnownFault[],
    /** Answers that come from in front of the API and stand in no description: operation `*`. */
    private readonly everywhere: ReadonlyMap<number, string> = new Map(),
  ) {
    this.backends = files.map((file) => {
      const description = JSON.parse(readFileSync(join(folder, file), 'utf8'), byDiscriminator) as Description;
      for (const [path, methods] of Object.entries(description.paths))
        for (const [method, operation] of Object.entries(methods)) {
          if (!methodNames.has(method)) continue;
          // Keycloak's description has no names for its operations.
          operation.operationId ??= `${method} ${path}`;
          this.operations.set(operation.operationId, operation);
        }
      return new OpenAPIBackend({
        definition: description as unknown as Document,
        strict: false,
        quick: true,
        // Okta's enumerations name some values twice, which JSON Schema forbids and which does no harm.
        ajvOpts: { strict: false, allErrors: true, validateFormats: false, validateSchema: false },
      });
    });
  }

  async init(): Promise<void> {
    await Promise.all(this.backends.map((backend) => backend.init()));
  }

  /** What is wrong with an exchange, in words; nothing when it is as described. */
  wrongWith(spoken: Spoken): readonly string[] {
    const request = {
      method: spoken.method,
      path: spoken.path,
      query: spoken.query,
      headers: spoken.headers,
      ...(spoken.sent === undefined ? {} : { body: spoken.sent }),
    };
    const line = `${spoken.method} ${spoken.path} ${spoken.status}`;
    for (const backend of this.backends) {
      const operation = backend.matchOperation(request);
      if (!operation?.operationId) continue;
      const name = operation.operationId;
      const wrong: string[] = [];
      const asked = backend.validateRequest(request, name);
      for (const error of asked.errors ?? []) wrong.push(`${line}: asked ${error.instancePath} ${error.message}`);
      if (this.everywhere.has(spoken.status) || this.isKnown(name, String(spoken.status))) return wrong;
      const described = this.operations.get(name)?.responses[String(spoken.status)];
      if (!described) return [...wrong, `${line}: ${name} is not described to answer so`];
      if (!Object.values(described.content ?? {}).some(({ schema }) => schema !== undefined)) return wrong;
      const answered = backend.validateResponse(spoken.received, name, spoken.status);
      for (const error of answered.errors ?? [])
        // `if` only repeats that something inside is wrong, which stands in the list besides.
        if (error.keyword !== 'if' && !this.isKnown(name, error.instancePath))
          wrong.push(`${line}: answered ${error.instancePath} ${error.message}`);
      return wrong;
    }
    return [`${line}: no such operation is described`];
  }

  /** The name of the operation that an exchange belongs to. */
  operationOf({ method, path }: Spoken): string | undefined {
    for (const backend of this.backends) {
      const operation = backend.matchOperation({ method, path, headers: {} });
      if (operation?.operationId) return operation.operationId;
    }
    return undefined;
  }

  private isKnown(operation: string, at: string): boolean {
    return this.faults.some((fault) => fault.operation.test(operation) && fault.at.test(at));
  }
}

/** Says so when tests are left out because a description is not there. */
export function describeService(name: string, files: readonly string[], tests: () => void): void {
  if (files.every((file) => existsSync(join(folder, file)))) return describe(name, tests);
  describe(name, () => {
    test('is skipped: ../shared/specs is not present', () => {
      process.stdout.write(`${name}: skipped, the official descriptions are not present.\n`);
    });
  });
}
