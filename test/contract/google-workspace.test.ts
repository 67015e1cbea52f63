import Ajv from 'ajv';
import { tokenHost } from '../../sandbox/targets/google-workspace/server';
import type { Expectation } from '../../src/domain/verification/judge';
import { googleHarness } from '../adapters/google-workspace-harness';
import { describeWithVendor, readVendorDescription } from './vendor-descriptions';

const file = 'google-directory-v1.derived.openapi.json';

interface Described {
  readonly paths: Record<
    string,
    Record<string, { responses?: Record<string, { content?: Record<string, { schema: object }> }> }>
  >;
  readonly components: object;
}

interface Single {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly status: number;
  readonly answer: unknown;
}

describeWithVendor('the Directory API as the connector uses it and as the fake answers', [file], () => {
  const description = readVendorDescription<Described>(file);
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });

  test('every request and every answer follows the description', async () => {
    const at = await googleHarness();
    const singles: Single[] = [];
    at.front.witness = ({ method, host, path, body }, { status, body: answer }) => {
      if (host !== tokenHost) singles.push({ method, path: path.split('?')[0] ?? '', body, status, answer });
    };
    const [outer, inner] = [at.server.addGroup('Outer'), at.server.addGroup('Inner')];
    at.server.put(outer.id, inner.id);
    const [ann, bob] = [at.server.addUser('ann@acme.test').id, at.server.addUser('bob@acme.test').id];
    at.server.put(inner.id, bob);
    const target = () => at.open({ connector: { write: true }, budget: { calls: 100 } });
    const wanted = (changeKind: Expectation['changeKind'], id: string): Expectation => ({
      changeKind,
      account: { id, login: 'x' },
      entitlement: { id: `group:${outer.id}`, name: 'x' },
      replaces: [],
    });
    expect(await target().apply(wanted('grant', ann))).toEqual({ result: 'applied' });
    await target().observe(wanted('grant', ann));
    await target().observe(wanted('revoke', bob));
    await target().members?.(`group:${outer.id}`, { limit: 1 });
    expect(await target().apply(wanted('revoke', ann))).toEqual({ result: 'applied' });
    await target().observe(wanted('revoke', ann));
    await target().observe(wanted('revoke', '123'));
    await target().identityByLogin('rita@acme.test');
    await target().heldBy?.(bob, { limit: 10 });
    await target().entitlements(100);
    await target().probe();
    await at.close();
    expect(singles.length).toBeGreaterThan(25);
    expect(singles.flatMap(problems)).toEqual([]);
    const kinds = singles.map(({ method, path, status }) => `${method} ${path.split('/')[4]} ${status}`);
    for (const kind of ['POST groups 200', 'DELETE groups 204', 'GET users 200', 'GET users 404', 'GET groups 404'])
      expect(kinds).toContain(kind);
  });

  function problems({ method, path, body, status, answer }: Single): string[] {
    const name = `${method} ${path}`;
    const template = Object.keys(description.paths).find((each) => matches(each, path));
    const operation = template === undefined ? undefined : description.paths[template]?.[method.toLowerCase()];
    if (!operation) return [`${name} is not described`];
    const asked =
      body === '' ? [] : against({ $ref: '#/components/schemas/Member' }, JSON.parse(body), `${name} asked`);
    // Refusals have an envelope that the derived description leaves out (developers.google.com/workspace/admin/directory/v1/limits).
    if (status >= 400) return [...asked, ...against(refusal, answer, `${name} refused`)];
    const schema = operation.responses?.['200']?.content?.['application/json']?.schema;
    return [...asked, ...(schema && status === 200 ? against(schema, answer, `${name} said`) : [])];
  }

  function against(schema: object, value: unknown, name: string): string[] {
    const validate = ajv.compile({ ...schema, components: description.components });
    return validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${name} ${instancePath} ${message}`);
  }
});

const refusal = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: { code: { type: 'integer' }, message: { type: 'string' } },
    },
  },
};

function matches(template: string, path: string): boolean {
  return new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path);
}
