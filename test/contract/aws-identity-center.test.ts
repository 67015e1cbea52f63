import { awsAccounts, permissionSets } from '../../sandbox/targets/aws-identity-center/operations';
import type { Expectation } from '../../src/domain/verification/judge';
import { awsHarness } from '../adapters/aws-identity-center-harness';
import { describeWithVendor, readVendorDescription } from './vendor-descriptions';

const files = { store: 'aws-identitystore.trimmed.service-2.json', admin: 'aws-sso-admin.trimmed.service-2.json' };

interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Record<string, { readonly shape: string }>;
  readonly member?: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly union?: boolean;
}

interface Model {
  readonly operations: Record<
    string,
    { input: { shape: string }; output?: { shape: string }; errors: ReadonlyArray<{ shape: string }> }
  >;
  readonly shapes: Record<string, Shape>;
}

/** What Amazon has added since the description at hand, or the extract leaves out (docs.aws.amazon.com/singlesignon). */
const describedElsewhere = new Set([
  'ListAccountsForProvisionedPermissionSet',
  'ListAccountAssignmentsForPrincipal',
  'ListAccountAssignmentCreationStatus',
]);
const membersAddedSince = new Set(['User.UserStatus', 'DescribeUserResponse.UserStatus']);
/** Refusals of the signing layer, which no service describes. */
const signing = new Set(['InvalidSignatureException', 'UnrecognizedClientException']);

interface Single {
  readonly target: string;
  readonly sent: unknown;
  readonly status: number;
  readonly answer: unknown;
}

describeWithVendor('Identity Center as the connector uses it and as the fake answers', Object.values(files), () => {
  const models: Record<string, Model> = {
    AWSIdentityStore: readVendorDescription<Model>(files.store),
    SWBExternalService: readVendorDescription<Model>(files.admin),
  };

  test('every request and every answer follows the description', async () => {
    const at = await awsHarness();
    const singles: Single[] = [];
    at.front.witness = ({ headers, body }, { status, body: answer }) =>
      singles.push({ target: String(headers['x-amz-target']), sent: JSON.parse(body), status, answer });
    const { directory } = at.server;
    const group = directory.addGroup('Readers');
    const [ann, bob] = [directory.addUser('ann@acme.test').UserId, directory.addUser('bob@acme.test').UserId];
    directory.put(group.GroupId, bob);
    const assignment = { AccountId: awsAccounts[0], PermissionSetArn: permissionSets[0].PermissionSetArn };
    directory.assign({ ...assignment, PrincipalType: 'GROUP', PrincipalId: group.GroupId });
    const target = () => at.open({ connector: { write: true }, budget: { calls: 100 } });
    const wanted = (changeKind: Expectation['changeKind'], account: string, id: string): Expectation => ({
      changeKind,
      account: { id: account, login: 'x' },
      entitlement: { id, name: 'x' },
      replaces: [],
    });
    for (const id of [`group:${group.GroupId}`, `assignment:${assignment.AccountId}:${assignment.PermissionSetArn}`]) {
      expect(await target().apply(wanted('grant', ann, id))).toEqual({ result: 'applied' });
      await target().observe(wanted('grant', ann, id));
      await target().members?.(id, { limit: 1 });
      expect(await target().apply(wanted('revoke', ann, id))).toEqual({ result: 'applied' });
      await target().observe(wanted('revoke', ann, id));
      await target().observe(wanted('revoke', bob, id));
      await target().observe(wanted('revoke', '00000000-0000-4000-8000-000000000000', id));
    }
    at.server.operations.behaviour.slowAssignments = true;
    const id = `assignment:${awsAccounts[1]}:${permissionSets[1].PermissionSetArn}`;
    await target().apply(wanted('grant', ann, id));
    await target().observe(wanted('grant', ann, id));
    await target().identityByLogin('rita@acme.test');
    await target().heldBy?.(bob, { limit: 10 });
    await target().entitlements(100);
    await target().probe();
    await at.close();
    expect(new Set(singles.map(({ target: name }) => name.split('.')[1])).size).toBeGreaterThan(17);
    expect(singles.flatMap(problems)).toEqual([]);
    expect(singles.some(({ status }) => status === 400)).toBe(true);
  });

  function problems({ target, sent, status, answer }: Single): string[] {
    const [service = '', name = ''] = target.split('.');
    const model = models[service];
    const operation = model?.operations[name];
    if (!model || !operation) return describedElsewhere.has(name) ? [] : [`${target} is not described`];
    const asked = against(model, operation.input.shape, sent, `${name} asked`);
    if (status !== 200) {
      const type = (answer as { __type: string }).__type;
      if (signing.has(type)) return asked;
      return operation.errors.some(({ shape }) => shape === type)
        ? [...asked, ...against(model, type, without(answer, '__type'), `${name} refused`)]
        : [...asked, `${name} does not refuse with ${type}`];
    }
    return [...asked, ...(operation.output ? against(model, operation.output.shape, answer, `${name} said`) : [])];
  }

  function against(model: Model, name: string, value: unknown, at: string): string[] {
    const shape = model.shapes[name];
    if (!shape) return [`${at}: no shape ${name}`];
    switch (shape.type) {
      case 'structure': {
        if (typeof value !== 'object' || value === null) return [`${at}: no structure`];
        const members = shape.members ?? {};
        const missing = (shape.required ?? []).filter((member) => !(member in value));
        if (shape.union && Object.keys(value).length !== 1) missing.push('exactly one member');
        return [
          ...missing.map((member) => `${at}: ${member} is missing`),
          ...Object.entries(value).flatMap(([member, each]) => {
            const of = members[member];
            if (of) return against(model, of.shape, each, `${at}.${member}`);
            return membersAddedSince.has(`${name}.${member}`) ? [] : [`${at}: unknown ${name}.${member}`];
          }),
        ];
      }
      case 'list': {
        if (!Array.isArray(value)) return [`${at}: no list`];
        return [
          ...outside(shape, value.length, at),
          ...value.flatMap((each, n) => against(model, shape.member?.shape ?? '', each, `${at}[${n}]`)),
        ];
      }
      case 'string':
        if (typeof value !== 'string') return [`${at}: no text`];
        if (shape.enum && !shape.enum.includes(value)) return [`${at}: ${value} is not of the list`];
        if (shape.pattern !== undefined && !patternOf(shape.pattern).test(value))
          return [`${at}: ${value} has another form`];
        return outside(shape, value.length, at);
      case 'integer':
        return typeof value === 'number' ? outside(shape, value, at) : [`${at}: no number`];
      case 'boolean':
        return typeof value === 'boolean' ? [] : [`${at}: no boolean`];
      default:
        return [`${at}: ${shape.type} is not checked`];
    }
  }
});

/** Amazon writes patterns in Java's dialect; the switch for case stands in one of them and decides nothing here. */
function patternOf(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern.replaceAll('(?i)', '')})$`, 'u');
}

function outside({ min = 0, max = Infinity }: Shape, size: number, at: string): string[] {
  return size < min || size > max ? [`${at}: ${size} is not between ${min} and ${max}`] : [];
}

function without(answer: unknown, name: string): object {
  return Object.fromEntries(Object.entries(answer as object).filter(([key]) => key !== name));
}
