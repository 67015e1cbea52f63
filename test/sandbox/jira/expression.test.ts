import { evaluate, Entity, Lookup } from '../../../sandbox/jira/expression/evaluate-expression';
import { parseExpression } from '../../../sandbox/jira/expression/parse-expression';
import { World } from './harness';

const scope = {
  issue: new Entity({
    key: () => 'ACC-1',
    status: () => new Entity({ name: () => 'In progress' }),
    assignee: () => null,
    labels: () => ['a', 'b'],
    properties: () =>
      new Lookup((key) => (key === 'proofgate' ? { governed: true, level: 2, list: [1, 2] } : undefined)),
  }),
  user: new Entity({ accountId: () => 'u1' }),
  config: { allowed: ['u1', 'u2'] },
};
const result = (text: string): unknown => evaluate(parseExpression(text), scope);

describe('Jira expressions', () => {
  test.each<[string, unknown]>([
    ["issue.key == 'ACC-1'", true],
    ['issue["key"] != "ACC-2"', true],
    ["issue.properties['proofgate'].governed == true", true],
    ["issue.properties['other'] == null", true],
    ["issue.properties['other'] == null || issue.properties['other'].x", true],
    ["issue.properties['proofgate'].missing == null", true],
    ['issue.assignee == null', true],
    ['config.allowed.includes(user.accountId)', true],
    ["issue.status.name == 'Resolved' ? 1 : 2", 2],
    ["issue.properties['proofgate'].level >= 2 && !(issue.properties['proofgate'].level > 2)", true],
    ["issue.labels.some(label => label == 'b')", true],
    ["issue.labels.map(label => label + '!').includes('a!')", true],
    ['issue.labels.filter(label => label != "a").length', 1],
    ["issue.properties['proofgate'].list[1] * 3 - 1", 5],
    ["'abc'.startsWith('a')", true],
    ['[1, 2].includes(2)', true],
    ["1 == '1'", false],
  ])('%s', (text, value) => {
    expect(result(text)).toBe(value);
  });

  test.each([
    ['issue.nothing == null', 'a member that the entity does not have'],
    ['issue.assignee.displayName == null', 'a member of null'],
    ['missing == null', 'a variable that does not exist'],
    ['issue.labels && true', 'a list as a boolean'],
    ['issue.key < 1', 'a comparison of different types'],
    ['constructor', 'what every object inherits'],
    ["issue.properties['proofgate'].constructor.name == 'Object'", 'a function of the host'],
    ['issue.toString()', 'a method that is not modelled'],
    ['this', 'syntax that is not modelled'],
    ['issue.key ==', 'half an expression'],
    [`true == true ${' '.repeat(1000)}`, 'too long an expression'],
  ])('%s is an error: %s', (text) => {
    expect(() => result(text)).toThrow();
  });

  test.each([
    ["issue.properties['x'].y == true", 'an error'],
    ["'yes'", 'text'],
    ['1', 'a number'],
    ['null', 'null'],
  ])('in a rule, %s closes the gate: %s is not true', async (expression) => {
    const world = new World();
    const key = await world.inProgress();
    world.rules['gate-guard'] = { kind: 'validator', key: 'gate-guard', expression, errorMessage: 'Closed.' };
    expect((await world.transition('amir', key, 'Resolve')).body.errorMessages).toEqual(['Closed.']);
    world.rules['approved-condition'] = { kind: 'condition', key: 'approved-condition', expression };
    expect(await world.transitionNames('amir', key)).toEqual(['Cancel', 'Ask customer']);
  });

  test('a rule sees the issue, its fields, the user and the transition', async () => {
    const world = new World();
    const key = await world.inProgress();
    const expression = [
      `issue.key == '${key}'`,
      "issue.status.name == 'In progress'",
      "issue.customfield_10101 == 'SCIM directory'",
      'issue.customfield_10103 == null',
      'issue.reporter.accountId != user.accountId',
      'issue.reporter.accountId == issue.creator.accountId',
      "transition.to.name == 'Resolved'",
      "project.key == 'ACC'",
    ].join(' && ');
    world.rules['gate-guard'] = { kind: 'validator', key: 'gate-guard', expression };
    expect((await world.transition('amir', key, 'Resolve')).status).toBe(204);
  });
});
