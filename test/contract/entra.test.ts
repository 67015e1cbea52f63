import Ajv from 'ajv';
import OpenAPIBackend, { type Document } from 'openapi-backend';
import { builtInRoles } from '../../sandbox/targets/entra/seed-tenant';
import { loginHost } from '../../sandbox/targets/entra/server';
import type { Expectation } from '../../src/domain/verification/judge';
import { entraHarness } from '../adapters/entra-harness';
import { describeWithVendor, readVendorDescription } from './vendor-descriptions';

const file = 'msgraph-v1.0.derived.openapi.json';

interface Single {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
  readonly status: number;
  readonly answer: unknown;
}

/**
 * What Graph has and the extract at hand leaves out, with the schema that its objects follow there, if any. Each is
 * described at learn.microsoft.com/graph/api.
 */
const describedElsewhere: ReadonlyArray<{ readonly call: RegExp; readonly schema?: string }> = [
  { call: /^GET \/v1\.0\/applications$/ },
  { call: /^GET \/v1\.0\/groups\/[^/]+\/(transitiveM|m)embers\/microsoft\.graph\.group$/, schema: 'group' },
  { call: /^GET \/v1\.0\/roleManagement\/directory\/roleDefinitions(\/[^/]+)?$/, schema: 'unifiedRoleDefinition' },
  { call: /^POST \/v1\.0\/roleManagement\/directory\/roleAssignments$/, schema: 'unifiedRoleAssignment' },
  { call: /^DELETE \/v1\.0\/roleManagement\/directory\/roleAssignments\/[^/]+$/ },
  { call: /^POST \/v1\.0\/users\/[^/]+\/appRoleAssignments$/, schema: 'appRoleAssignment' },
  { call: /^DELETE \/v1\.0\/users\/[^/]+\/appRoleAssignments\/[^/]+$/ },
];

describeWithVendor('Graph as the connector uses it and as the fake answers', [file], () => {
  const description = readVendorDescription<Document & { components: { schemas: Record<string, object> } }>(file);
  for (const [path, item] of Object.entries(description.paths ?? {}))
    for (const [method, operation] of Object.entries(item as Record<string, object>))
      Object.assign(operation, { operationId: `${method} ${path}` });
  // A dollar sign in a path is more than the router of openapi-backend understands.
  description.paths = Object.fromEntries(
    Object.entries(description.paths ?? {}).map(([path, item]) => [withoutDollar(path), item]),
  ) as NonNullable<Document['paths']>;
  const options = { strict: false, allErrors: true, validateFormats: false } as const;
  const backend = new OpenAPIBackend({ definition: description, strict: false, quick: true, ajvOpts: options });
  beforeAll(async () => void (await backend.init()));

  test('every request and every answer follows the description', async () => {
    const at = await entraHarness({ pageSize: 4 });
    const singles: Single[] = [];
    at.front.witness = (asked, { status, body }) => {
      if (asked.host === loginHost) return;
      const sent = asked.body === '' ? undefined : (JSON.parse(asked.body) as unknown);
      if (asked.path !== '/v1.0/$batch') {
        const headers = asked.headers['consistencylevel'] === undefined ? {} : { consistencylevel: 'eventual' };
        singles.push({ method: asked.method, url: asked.path, headers, body: sent, status, answer: body });
        return;
      }
      const parts = (sent as { requests: Array<{ id: string; method: string; url: string; body?: unknown }> }).requests;
      const answers = (body as { responses: Array<{ id: string; status: number; body: unknown }> }).responses;
      for (const part of parts) {
        const answer = answers.find(({ id }) => id === part.id);
        expect(answer).toBeDefined();
        singles.push({
          method: part.method,
          url: `/v1.0${part.url}`,
          headers: {},
          body: part.body,
          status: answer?.status ?? 0,
          answer: answer?.body,
        });
      }
    };
    const { directory } = at.server;
    const app = directory.all(directory.applications).find(({ appRoles }) => appRoles.length > 0);
    const [outer, inner] = [at.server.addGroup('Outer'), at.server.addGroup('Inner')];
    at.server.put(outer.id, inner.id);
    const [ann, bob] = [at.server.addUser('ann@acme.test').id, at.server.addUser('bob@acme.test').id];
    at.server.put(inner.id, bob);
    const target = () => at.open({ connector: { write: true }, budget: { calls: 100 } });
    const wanted = (changeKind: Expectation['changeKind'], account: string, id: string): Expectation => ({
      changeKind,
      account: { id: account, login: 'x' },
      entitlement: { id, name: 'x' },
      replaces: [],
    });
    const ids = [
      `group:${outer.id}`,
      `app-role:${app?.id}:${app?.appRoles[0]?.id}`,
      `directory-role:${builtInRoles['User Administrator']}`,
    ];
    for (const id of ids) {
      expect(await target().apply(wanted('grant', ann, id))).toEqual({ result: 'applied' });
      await target().observe(wanted('grant', ann, id));
      await target().observe(wanted('revoke', bob, id));
      await target().members?.(id, { limit: 2 });
      expect(await target().apply(wanted('revoke', ann, id))).toEqual({ result: 'applied' });
      await target().observe(wanted('revoke', '00000000-0000-4000-8000-000000000000', id));
    }
    await target().identityByLogin('rita@acme.test');
    await target().identityByEmployeeNumber?.('1001');
    await target().heldBy?.(bob, { limit: 10 });
    await target().nonHumanIdentities?.({ limit: 10 });
    await target().entitlements(100);
    await target().probe();
    await at.close();

    expect(singles.length).toBeGreaterThan(60);
    expect(singles.flatMap(problems)).toEqual([]);
    expect(new Set(singles.map(({ status }) => status))).toEqual(new Set([200, 201, 204, 404, 401]));
  });

  function problems({ method, url, headers, body, status, answer }: Single): string[] {
    const { pathname, searchParams } = new URL(url, 'https://graph.microsoft.com');
    const name = `${method} ${pathname}`;
    const request = {
      method,
      path: withoutDollar(pathname),
      query: Object.fromEntries(searchParams),
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: body as never }),
    };
    const operation = backend.matchOperation(request);
    if (!operation) {
      const known = describedElsewhere.find(({ call }) => call.test(name));
      if (!known) return [`${name} is not described`];
      return known.schema === undefined || status >= 300 ? [] : follows(known.schema, answer, name);
    }
    const asked = backend.validateRequest(request, operation).errors ?? [];
    const range = status >= 400 ? (status >= 500 ? '5XX' : '4XX') : String(status);
    const responses = operation.responses as
      Record<string, { content?: Record<string, { schema: object }> }> | undefined;
    const described = responses?.[range];
    if (!described) return [`${name} does not answer ${status}`];
    const schema = described.content?.['application/json']?.schema;
    const said = schema === undefined ? [] : problemsOf(schema, answer, name);
    return [...asked.map((error) => `${name}: asked ${error.instancePath} ${error.message}`), ...said];
  }

  function follows(schema: string, answer: unknown, name: string): string[] {
    const rows = (answer as { value?: unknown[] }).value ?? [answer];
    return rows.flatMap((row) => problemsOf({ $ref: `#/components/schemas/${schema}` }, row, name));
  }

  function problemsOf(schema: object, answer: unknown, name: string): string[] {
    const ajv = new Ajv(options);
    const validate = ajv.compile({ ...schema, components: description.components });
    if (validate(answer)) return [];
    return (validate.errors ?? []).map((error) => `${name}: said ${error.instancePath} ${error.message}`);
  }
});

function withoutDollar(path: string): string {
  return path.replace(/\/\$ref$/, '/ref');
}
