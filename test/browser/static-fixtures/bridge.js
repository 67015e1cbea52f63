/* The frame's half of a made-up host: answers what the screens ask from the views and the page's address. */
(() => {
  const asked = new URLSearchParams(location.search);
  const surface = asked.get('surface') ?? 'panel';
  const state = asked.get('state') ?? '';
  const views = window.__views;
  const types = {
    panel: 'jira:issuePanel',
    context: 'jira:issueContext',
    admin: 'jira:adminPage',
    portal: 'jiraServiceManagement:portalRequestDetailPanel',
  };
  const refuse = (text, code) =>
    Promise.reject(new Error(`There was an error invoking the function - ${text} [${code}]`));
  const wait = (ms, value) => new Promise((resolve) => setTimeout(() => resolve(value), ms));
  const failing = (answer) =>
    asked.get('save') === 'fails'
      ? refuse(
          'Policy allows an exception until 2026-11-30 10:42 UTC at the latest. Choose an earlier end.',
          'expiry-refused',
        )
      : wait(200).then(answer);
  let view = (surface === 'portal' ? views.portal : views.panel)[state];
  window.__invoked = [];

  const functions = {
    getRequest: () => {
      if (state === 'loading') return new Promise(() => undefined);
      if (state === 'not-governed')
        return refuse('Proofgate does not govern this issue, or has not registered it yet.', 'not-governed');
      if (state === 'no-permission') return refuse('This issue does not exist, or you may not see it.', 'not-found');
      if (state === 'failed')
        return refuse(
          'A service that Proofgate depends on did not answer. Nothing was lost; try again in a minute.',
          'unavailable',
        );
      return Promise.resolve(view);
    },
    verifyNow: () =>
      wait(Number(asked.get('slow') ?? 300)).then(() =>
        asked.get('verify') === 'fails'
          ? refuse('A service that Proofgate depends on did not answer.', 'unavailable')
          : (view = views.panel[asked.get('then') ?? 'proven']),
      ),
    decideStage: ({ decision }) =>
      asked.get('decide') === 'changed'
        ? refuse('What is asked for has changed.', 'content-changed')
        : wait(
            200,
            (view = {
              ...view,
              may: { ...view.may, decide: false },
              mayDecide: false,
              state: decision === 'approve' ? 'approved' : 'declined',
            }),
          ),
    reportFulfilment: () => wait(200, (view = views.panel.grace)),
    resolveWhenProven: ({ on }) => wait(200, (view = { ...view, resolveWhenProven: on })),
    callOffRemoval: () => wait(200, (view = { ...view, may: { ...view.may, callOff: false } })),
    grantException: (input) =>
      failing(
        () =>
          (view = {
            ...view,
            exception: {
              ...views.panel.excepted.exception,
              ...view.exception,
              gate: input.gate,
              reason: input.reason,
              expiresAt: input.expiresAt,
              renewals: input.renew ? 2 : 0,
            },
          }),
      ),
    endException: () =>
      failing(() => (view = { ...view, exception: { ...view.exception, ended: { at: view.now, how: 'ended' } } })),
    openEmergency: ({ reason }) =>
      failing(
        () =>
          (view = {
            ...view,
            emergency: { ...views.panel.emergency.emergency, reason },
            may: { ...view.may, openEmergency: false },
          }),
      ),
    reviewEmergency: ({ accepted, comment }) =>
      failing(
        () =>
          (view = {
            ...view,
            emergency: {
              ...view.emergency,
              review: { at: view.now, by: { accountId: 'a-gus', name: 'Gus Gray' }, accepted, comment },
            },
            may: { ...view.may, reviewEmergency: false },
          }),
      ),
    markCompromised: (input) =>
      failing(() => (view = { ...view, compromised: input, may: { ...view.may, markCompromised: false } })),
    extendAccess: () => failing(() => (view = { ...view, mayExtend: false, may: { ...view.may, extend: false } })),
    giveBack: () =>
      failing(() => (view = { ...view, mayGiveBack: false, may: { ...view.may, giveBack: false, extend: false } })),
    getHistory: () => wait(100, views.history),
    getSettings: () =>
      state === 'no-permission'
        ? refuse('Only Jira admins may do this.', 'no-permission')
        : Promise.resolve(state === 'empty' ? views.emptySettings : views.settings),
    saveConnector: ({ expectedRev }) =>
      asked.get('save') === 'conflict'
        ? refuse('Somebody else saved this meanwhile.', 'conflict')
        : wait(200, { rev: expectedRev + 1 }),
    probeConnector: () => wait(300, { steps: state === 'not-approved' ? views.probeNotApproved : views.probeSteps }),
    listEntitlements: () =>
      wait(200, {
        entitlements: [
          { id: 'g-1', name: 'Finance Readers', label: 'Group' },
          { id: 'g-2', name: 'Finance Approvers', label: 'Group' },
          { id: 'g-3', name: 'Production Admins', label: 'Directory role' },
        ],
        complete: true,
      }),
    saveCatalogueEntry: ({ expectedRev }) => wait(200, { rev: expectedRev + 1 }),
    savePolicy: ({ expectedRev }) =>
      asked.get('save') === 'conflict'
        ? refuse('Somebody else saved this meanwhile.', 'conflict')
        : wait(200, { rev: expectedRev + 1 }),
    saveProject: ({ expectedRev }) => wait(200, { rev: expectedRev + 1 }),
    saveCalendar: ({ expectedRev }) =>
      asked.get('save') === 'fails'
        ? refuse('This calendar has no working time. Add at least one shift.', 'invalid-input')
        : wait(200, { rev: expectedRev + 1 }),
    saveLadder: ({ expectedRev }) => wait(200, { rev: expectedRev + 1 }),
    saveRota: ({ expectedRev }) => wait(200, { rev: expectedRev + 1 }),
    saveSite: ({ expectedRev }) => wait(200, { rev: expectedRev + 1 }),
    saveLeaverKey: ({ expectedRev }) =>
      asked.get('save') === 'conflict'
        ? refuse('Somebody else saved this meanwhile.', 'conflict')
        : asked.get('save') === 'fails'
          ? refuse('Another key has this secret already. Make a new one for each key.', 'invalid-input')
          : wait(200, { rev: expectedRev + 1 }),
    getLeaversAddress: () =>
      asked.get('address') === 'fails'
        ? refuse('A service that Proofgate depends on did not answer.', 'unavailable')
        : wait(100, { url: 'https://c.hello.atlassian-dev.net/x1/0b7f4c52-6a7e-4f0c-9d4b-2f1f3d9f6c11/leavers' }),
    getHealth: () => wait(100, state === 'quiet' ? views.quietHealth : views.health),
    decideBreaker: ({ breaker }) =>
      wait(200, {
        ...views.health,
        breakers: views.health.breakers.map(({ trippedAt, ...one }) =>
          one.breaker === breaker ? { ...one, held: 0 } : { ...one, trippedAt },
        ),
      }),
    retryStuck: () => wait(200, { ...views.health, stuck: [] }),
    exportAudit: ({ cursor }) =>
      wait(
        150,
        cursor === '3'
          ? { lines: ['{"trailer":"proofgate-export-1"}'] }
          : { lines: ['{"a":1}', '{"a":2}'], cursor: String(Number(cursor ?? 0) + 1) },
      ),
  };

  const theme = () => {
    const mode = asked.get('theme') === 'dark' ? 'dark' : 'light';
    document.documentElement.setAttribute(
      'data-theme',
      'light:light dark:dark spacing:spacing typography:typography shape:shape',
    );
    document.documentElement.setAttribute('data-color-mode', mode);
    for (const name of [
      'atlassian-light',
      'atlassian-dark',
      'atlassian-spacing',
      'atlassian-typography',
      'atlassian-shape',
    ]) {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = `/__theme/${name}.css`;
      document.head.append(link);
    }
  };

  const commands = {
    getContext: () => ({
      accountId: 'a-amir',
      cloudId: 'c',
      localId: 'l',
      moduleKey: `access-${surface}`,
      environmentId: 'e',
      environmentType: 'DEVELOPMENT',
      siteUrl: 'https://acme.test',
      locale: asked.get('locale') ?? 'en_GB',
      timezone: 'Europe/Berlin',
      extension: { type: types[surface], issue: { key: 'ACC-17' } },
    }),
    fetchProduct: ({ restPath }) =>
      wait(150, {
        status: asked.get('sla') === 'refused' || !restPath.endsWith('/sla') ? 403 : 200,
        statusText: '',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(views.deskSla),
        isAttachment: false,
      }),
    enableTheming: theme,
    invoke: ({ functionKey, payload }) => {
      window.__invoked.push({ functionKey, payload });
      return functions[functionKey]
        ? functions[functionKey](payload)
        : refuse('This function does not exist.', 'unknown-function');
    },
    on: () => ({ unsubscribe: () => undefined }),
    __permission__egressGet: () => {
      if (state === 'no-egress') throw new Error('501');
      const domains = state === 'not-approved' ? ['scim.acme.test'] : ['scim.acme.test', 'idp.acme.test'];
      return {
        results: [
          {
            key: 'approved',
            description: '',
            configured: domains.map((domain) => ({ domain, type: ['FETCH_BACKEND_SIDE'] })),
          },
        ],
      };
    },
    __permission__egressSet: ({ egresses }) => wait(200, { results: egresses }),
    navigate: (data) => {
      window.__navigated = data;
    },
  };

  window.__bridge = {
    callBridge: async (command, data) => {
      if (!commands[command]) throw new Error(`501 ${command}`);
      return commands[command](data);
    },
  };
})();
