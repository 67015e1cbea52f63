import { accountOf, World, type Json } from './harness';

describe('JQL', () => {
  const world = new World();
  let ledgers: string;
  let payments: string;
  let removed: string;

  beforeAll(async () => {
    ledgers = await world.request({ summary: 'Read the ledgers', customfield_10106: '2027-01-31T00:00:00Z' });
    world.now += 3_600_000;
    payments = await world.inProgress();
    await world.ok('app', `PUT /rest/api/3/issue/${payments}`, {
      fields: { summary: 'Approve payments', assignee: { accountId: accountOf('amir') }, labels: ['urgent'] },
    });
    await world.ok('app', `PUT /rest/api/3/issue/${payments}/properties/proofgate`, {
      governed: true,
      state: 'fulfilling',
      dueAt: new Date(world.now + 1_800_000).toISOString(),
    });
    world.now += 3_600_000;
    removed = await world.request({}, 'rita', { requestTypeId: '13' });
    world.site.moveIssue(removed, 'Resolved');
  });

  const found = async (jql: string, who = 'app'): Promise<string[]> => {
    const body = await world.ok(who, 'POST /rest/api/3/search/jql', { jql, fields: ['key'] });
    return body.issues.map((issue: { key: string }) => issue.key);
  };
  const refusal = async (jql: string): Promise<string> => {
    const answer = await world.call('app', 'POST /rest/api/3/search/jql', { jql });
    expect(answer.status).toBe(400);
    return answer.body.errorMessages[0] as string;
  };

  test.each<[string, () => string[]]>([
    ['project = ACC', () => [removed, payments, ledgers]],
    ['project = 10000 ORDER BY created ASC', () => [ledgers, payments, removed]],
    ['project = "Access desk" order by status desc, key asc', () => [removed, payments, ledgers]],
    ['status = "In progress"', () => [payments]],
    ['status != Submitted', () => [removed, payments]],
    ['status in (Submitted, "In progress") AND project = ACC', () => [payments, ledgers]],
    ['status not in (Submitted)', () => [removed, payments]],
    ['statusCategory = Done', () => [removed]],
    ['statusCategory != Done', () => [payments, ledgers]],
    ['issuetype = "Remove access"', () => [removed]],
    ['"Request Type" = "Remove access"', () => [removed]],
    ['key = ACC-1', () => ['ACC-1']],
    ['key in (ACC-1, 10002)', () => ['ACC-2', 'ACC-1']],
    ['id > 10002', () => [removed]],
    ['reporter = currentUser()', () => []],
    ['assignee is empty', () => [removed, ledgers]],
    ['assignee is not EMPTY', () => [payments]],
    ['assignee = "Amir Aziz"', () => [payments]],
    ['assignee != "Ana Alvarez"', () => [payments]],
    ['labels = urgent', () => [payments]],
    ['resolution is empty AND NOT status = Submitted', () => [removed, payments]],
    ['created >= -90m', () => [removed, payments]],
    ['updated >= "-30m"', () => [removed]],
    ['created < "2026-11-23 09:30"', () => [ledgers]],
    ['created >= 2026-11-24', () => []],
    ['cf[10106] is not empty', () => [ledgers]],
    ['"Access end" <= 2027/02/01', () => [ledgers]],
    ['summary ~ LEDGERS AND created < now()', () => [removed, ledgers]],
    ['cf[10101] = "scim directory" AND summary ~ payments', () => [payments]],
    ['cf[10102] ~ readers AND text ~ "approve payments"', () => [payments]],
    ['issue.property[proofgate].state = fulfilling', () => [payments]],
    ['accessState in (fulfilling, verified)', () => [payments]],
    ['accessState is empty', () => [removed, ledgers]],
    ['accessDue <= 1h', () => [payments]],
    ['accessDue < -1d', () => []],
    ['(status = Submitted OR status = Resolved) AND created > -90m', () => [removed]],
    ['! (project = ACC)', () => []],
  ])('%s', async (jql, keys) => {
    expect(await found(jql)).toEqual(keys());
  });

  test.each([
    ['', 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.'],
    ['ORDER BY created', 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.'],
    ['colour = red', "Field 'colour' does not exist or you do not have permission to view it."],
    [
      'issue.property[proofgate].secret = x',
      "Field 'issue.property[proofgate].secret' does not exist or you do not have permission to view it.",
    ],
    ['status = Flying', "The value 'Flying' does not exist for the field 'status'."],
    ['status ~ Submitted', "The operator '~' is not supported by the 'status' field."],
    ['summary = ledgers', "The operator '=' is not supported by the 'summary' field."],
    ['key = ACC-99', "An issue with key 'ACC-99' does not exist for field 'key'."],
    ['status = ', 'Error in the JQL Query: Expecting either a value, list or function before the end of the query.'],
    ['status Submitted', expect.stringContaining('Expecting operator')],
    ['project = ACC garbage', expect.stringContaining("Expecting either 'OR' or 'AND' but got 'garbage'")],
    ['project = ACC AND (status = Submitted', expect.stringContaining("Expecting ')'")],
    ['created > yesterday', expect.stringContaining("Date value 'yesterday' for field 'created' is invalid.")],
    ['assignee in membersOf("x")', expect.stringContaining("no function 'membersOf' with arguments")],
    ['status was Submitted', expect.stringContaining('Expecting operator')],
    ['project = ACC ORDER BY labels', "Field 'labels' does not support sorting."],
  ])('%s is refused', async (jql, message) => {
    expect(await refusal(jql)).toEqual(message);
  });

  test('answers ids by default, pages by token, and refuses a token of another query', async () => {
    const first = await world.ok('app', 'GET /rest/api/3/search/jql?jql=project%20%3D%20ACC&maxResults=2');
    expect(first).toMatchObject({ issues: [{ id: '10003' }, { id: '10002' }], isLast: false });
    const next = encodeURIComponent(first.nextPageToken as string);
    const second = await world.ok(
      'app',
      `GET /rest/api/3/search/jql?jql=project%20%3D%20ACC&maxResults=2&nextPageToken=${next}`,
    );
    expect(second).toEqual({ issues: [{ id: '10001' }], isLast: true });
    const other = await world.call(
      'app',
      `GET /rest/api/3/search/jql?jql=status%20%3D%20Resolved&nextPageToken=${next}`,
    );
    expect(other).toMatchObject({ status: 400, body: { errorMessages: [expect.stringContaining('next page token')] } });
  });

  test('counts what it returns, and finds nothing for customers', async () => {
    const answer = await world.call('amir', 'POST /rest/api/3/search/jql', {
      jql: 'project = ACC',
      fields: ['summary'],
    });
    expect(answer.objects).toBe(3);
    expect(await found('status = Submitted', 'rita')).toEqual([]);
    const hidden = await world.call('rita', 'POST /rest/api/3/search/jql', { jql: 'project = ACC' });
    expect(hidden.body.errorMessages).toEqual(["The value 'ACC' does not exist for the field 'project'."]);
  });

  test('the old search is gone', async () => {
    expect((await world.call('app', 'GET /rest/api/3/search?jql=project%3DACC')).status).toBe(410);
    expect((await world.call('app', 'POST /rest/api/3/search', { jql: 'project = ACC' })).status).toBe(410);
  });

  test('queues are searches that agents see', async () => {
    const { values } = await world.ok('amir', 'GET /rest/servicedeskapi/servicedesk/1/queue?includeCount=true');
    expect(values.map((queue: Json) => [queue.name, queue.issueCount])).toEqual([
      ['All open', 2],
      ['Waiting for approval', 0],
      ['In progress', 1],
      ['Resolved recently', 1],
    ]);
    const queued = await world.ok('amir', 'GET /rest/servicedeskapi/servicedesk/1/queue/3/issue');
    expect(queued.values.map((issue: Json) => issue.fields.summary)).toEqual(['Approve payments']);
  });
});
