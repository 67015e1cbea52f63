import * as v from 'valibot';

/** Payloads as the backend accepts them: unknown members, other types and over-long texts are refused. */

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const itemId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,40}$/));
const shortText = v.pipe(v.string(), v.maxLength(255));
const longText = v.pipe(v.string(), v.maxLength(2000));
const duration = v.pipe(
  v.string(),
  v.regex(/^P(?!$)(?:\d{1,5}W)?(?:\d{1,5}D)?(?:T(?=\d)(?:\d{1,6}H)?(?:\d{1,6}M)?(?:\d{1,7}S)?)?$/),
);
const accountId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9:_-]{1,128}$/));
const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,100}$/));
const rev = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_000_000_000));
const instant = v.pipe(v.string(), v.isoTimestamp());
const small = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100));

export const nothing = v.strictObject({});

export const verifyNowInput = v.strictObject({ item: v.optional(itemId) });

export const decideStageInput = v.strictObject({
  decision: v.picklist(['approve', 'decline']),
  comment: v.optional(longText),
  contentHash: hash,
  item: v.optional(itemId),
});

export const resolveWhenProvenInput = v.strictObject({ on: v.boolean() });

export const callOffInput = v.strictObject({ reason: v.pipe(longText, v.minLength(1)) });

export const historyInput = v.strictObject({
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200))),
});

export const exportInput = v.strictObject({ cursor: v.optional(v.pipe(v.string(), v.maxLength(200_000))) });

const address = v.pipe(v.string(), v.maxLength(500));
const name = v.pipe(shortText, v.minLength(1));
const scopes = v.optional(v.pipe(v.string(), v.maxLength(1000)));

/** How a connector signs in. Which kinds of target take which way is told by the domain, as sentences. */
const connectorAuth = v.variant('kind', [
  v.strictObject({ kind: v.literal('bearer') }),
  v.strictObject({ kind: v.literal('okta-token') }),
  v.strictObject({ kind: v.literal('oauth2'), tokenUrl: address, clientId: name, scope: v.optional(shortText) }),
  v.strictObject({
    kind: v.literal('private-key-jwt'),
    tokenUrl: address,
    clientId: name,
    keyId: v.optional(shortText),
    scope: scopes,
  }),
  v.strictObject({
    kind: v.literal('jwt-bearer'),
    tokenUrl: address,
    issuer: name,
    subject: v.optional(shortText),
    keyId: v.optional(shortText),
    scope: scopes,
  }),
  v.strictObject({ kind: v.literal('github-app'), appId: name, installationId: name }),
  v.strictObject({ kind: v.literal('sigv4'), accessKeyId: name, region: name }),
  v.strictObject({ kind: v.literal('keystone-credential'), credentialId: name }),
  v.strictObject({ kind: v.literal('keystone-password'), userName: name, userDomain: name }),
  v.strictObject({ kind: v.literal('signature') }),
  v.strictObject({ kind: v.literal('none') }),
]);

export const connectorInput = v.strictObject({
  id,
  name,
  kind: v.picklist([
    'scim',
    'okta',
    'entra',
    'github',
    'aws-identity-center',
    'google-workspace',
    'keycloak',
    'keystone',
    'sailpoint',
    'feed',
    'relay',
    'manual',
  ]),
  /** Empty where the kind has no address. */
  baseUrl: address,
  auth: connectorAuth,
  writeAuth: v.optional(connectorAuth),
  settings: v.optional(
    v.strictObject({
      organization: v.optional(shortText),
      identityStoreId: v.optional(shortText),
      instanceArn: v.optional(shortText),
      customer: v.optional(shortText),
      realm: v.optional(shortText),
      sourceId: v.optional(shortText),
    }),
  ),
  accountMatch: v.optional(v.picklist(['login', 'local-part', 'employee-number'])),
  directory: v.boolean(),
  write: v.boolean(),
});

/** One line, or a private key in PEM. */
const secret = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(8192),
  v.regex(/^(?:[^\r\n]*|-----BEGIN PRIVATE KEY-----\s[A-Za-z0-9+/=\s]+-----END PRIVATE KEY-----\s*)$/),
);

export const saveConnectorInput = v.strictObject({
  connector: connectorInput,
  secret: v.optional(secret),
  writeSecret: v.optional(secret),
  expectedRev: rev,
});
export const probeConnectorInput = v.strictObject({
  connector: connectorInput,
  secret: v.optional(secret),
  writeSecret: v.optional(secret),
});
export const listEntitlementsInput = v.strictObject({ connectorId: id });

export const catalogueEntryInput = v.strictObject({
  connectorId: id,
  name: v.pipe(shortText, v.minLength(1)),
  description: longText,
  entitlementId: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
  level: v.optional(shortText),
  replaces: v.pipe(
    v.array(v.strictObject({ entitlementId: v.pipe(v.string(), v.maxLength(500)), name: shortText })),
    v.maxLength(20),
  ),
  risk: v.picklist(['standard', 'sensitive', 'privileged']),
  ownerAccountId: v.optional(accountId),
  maxDuration: v.optional(duration),
  instructions: v.strictObject({ grant: longText, revoke: longText }),
  fulfilment: v.optional(v.picklist(['ticketed', 'direct'])),
});

export const saveCatalogueEntryInput = v.strictObject({ entry: catalogueEntryInput, expectedRev: rev });

const attributeTest = v.strictObject({
  attribute: v.picklist(['department', 'title', 'employeeNumber', 'userType']),
  in: v.optional(v.array(shortText)),
  notIn: v.optional(v.array(shortText)),
});

const approverSource = v.variant('kind', [
  v.strictObject({ kind: v.literal('manager') }),
  v.strictObject({ kind: v.literal('entitlement-owner') }),
  v.strictObject({ kind: v.literal('person'), accountId }),
  v.strictObject({ kind: v.literal('group'), group: shortText }),
  v.strictObject({ kind: v.literal('field'), fieldId: id }),
  v.strictObject({ kind: v.literal('on-call'), rota: id }),
]);

const stageRule = v.strictObject({
  id,
  name: v.pipe(shortText, v.minLength(1)),
  order: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)),
  quorum: v.union([v.literal('all'), v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50))]),
  sources: v.pipe(v.array(approverSource), v.minLength(1), v.maxLength(20)),
});

const policyRule = v.strictObject({
  id,
  name: v.pipe(shortText, v.minLength(1)),
  when: v.strictObject({
    changeKinds: v.optional(v.array(v.picklist(['grant', 'modify', 'revoke']))),
    risks: v.optional(v.array(v.picklist(['standard', 'sensitive', 'privileged']))),
    connectors: v.optional(v.array(id)),
    entitlements: v.optional(v.array(v.pipe(v.string(), v.maxLength(500)))),
    identityKinds: v.optional(v.array(v.picklist(['person', 'service-account', 'workload']))),
    requester: v.optional(v.array(attributeTest)),
    beneficiary: v.optional(v.array(attributeTest)),
    longerThan: v.optional(duration),
  }),
  then: v.strictObject({
    stages: v.optional(v.pipe(v.array(stageRule), v.maxLength(10))),
    maxDuration: v.optional(duration),
    endRequired: v.optional(v.boolean()),
    evidenceMaxAge: v.optional(duration),
    grace: v.optional(duration),
    approveWithin: v.optional(duration),
    fulfilWithin: v.optional(duration),
    removeWithin: v.optional(duration),
    compromisedWithin: v.optional(duration),
    calendar: v.optional(id),
    pauseAtMost: v.optional(duration),
    ladder: v.optional(id),
    approvalExpiresAfter: v.optional(duration),
    revocationLead: v.optional(duration),
    warnBefore: v.optional(duration),
    extensionsAtMost: v.optional(small),
    exceptionAtMost: v.optional(duration),
    renewalsAtMost: v.optional(small),
    emergencyAtMost: v.optional(duration),
    reviewWithin: v.optional(duration),
    registerWithin: v.optional(duration),
  }),
});

export const savePolicyInput = v.strictObject({
  policy: v.strictObject({
    rules: v.pipe(v.array(policyRule), v.maxLength(100)),
    fallbackApproverId: v.optional(accountId),
    governanceOwnerIds: v.array(accountId),
    privilegedOwnerIds: v.optional(v.array(accountId)),
  }),
  expectedRev: rev,
});

const issueKey = v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]{1,49}-[1-9]\d{0,9}$/));

export const saveSiteInput = v.strictObject({
  site: v.strictObject({
    governanceProjectKey: v.optional(v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]{1,49}$/))),
    governanceIssueType: v.optional(v.pipe(shortText, v.minLength(1))),
    anchor: v.optional(
      v.variant('kind', [
        v.strictObject({ kind: v.literal('issue'), issueKey }),
        v.strictObject({ kind: v.literal('address'), url: v.pipe(v.string(), v.maxLength(500)) }),
      ]),
    ),
    secretMaxAge: v.optional(duration),
    secretRemindBefore: v.optional(duration),
  }),
  expectedRev: rev,
});

const fieldId = v.pipe(v.string(), v.regex(/^[a-z]+(?:_\d{1,10})?$/));

export const saveProjectInput = v.strictObject({
  mapping: v.strictObject({
    projectId: id,
    projectKey: id,
    requestTypes: v.record(id, v.picklist(['grant', 'modify', 'revoke'])),
    fields: v.strictObject({
      target: fieldId,
      entitlement: fieldId,
      beneficiary: fieldId,
      serviceAccount: fieldId,
      start: fieldId,
      end: fieldId,
      duration: v.optional(fieldId),
      justification: fieldId,
      approvers: fieldId,
    }),
    statuses: v.record(id, v.picklist(['submitted', 'waiting', 'in-progress', 'resolved', 'cancelled', 'declined'])),
    transitions: v.strictObject({
      'ask-approval': shortText,
      start: shortText,
      'ask-again': shortText,
      resolve: shortText,
      reopen: shortText,
      decline: v.optional(shortText),
    }),
    pauseStatuses: v.optional(v.pipe(v.array(id), v.maxLength(20))),
    directoryConnectorId: id,
    enforcement: v.array(
      v.strictObject({
        requestTypeId: v.optional(id),
        risk: v.optional(v.picklist(['standard', 'sensitive', 'privileged'])),
        mode: v.picklist(['observe', 'warn', 'enforce']),
        effectiveFrom: instant,
      }),
    ),
  }),
  expectedRev: rev,
});

const wallClock = v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/));
const shifts = v.pipe(v.array(v.strictObject({ from: wallClock, to: wallClock })), v.maxLength(12));

/** What is wrong beyond the form (no working time, overlapping shifts, unknown zone) is told by the domain, as sentences. */
export const calendarInput = v.strictObject({
  id,
  name: v.pipe(shortText, v.minLength(1)),
  timeZone: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  week: v.strictObject({
    mon: shifts,
    tue: shifts,
    wed: shifts,
    thu: shifts,
    fri: shifts,
    sat: shifts,
    sun: shifts,
  }),
  holidays: v.pipe(
    v.array(v.strictObject({ date: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/)), name: shortText })),
    v.maxLength(400),
  ),
});
export const saveCalendarInput = v.strictObject({ calendar: calendarInput, expectedRev: rev });

const audience = v.picklist([
  'assignee',
  'approvers',
  'requester',
  'beneficiary',
  'governance-owner',
  'privileged-owner',
]);
const audiences = v.pipe(v.array(audience), v.minLength(1), v.maxLength(6));
const stepAction = v.variant('do', [
  v.strictObject({ do: v.literal('remind'), to: audiences }),
  v.strictObject({ do: v.literal('notify'), to: audiences }),
  v.strictObject({
    do: v.literal('add-approvers'),
    sources: v.pipe(v.array(approverSource), v.minLength(1), v.maxLength(10)),
  }),
  v.strictObject({ do: v.literal('reassign'), to: approverSource }),
  v.strictObject({ do: v.literal('raise-priority'), priority: v.pipe(shortText, v.minLength(1)) }),
  v.strictObject({ do: v.literal('governance-request') }),
  v.strictObject({ do: v.literal('auto-decline') }),
]);

export const ladderInput = v.strictObject({
  id,
  name: v.pipe(shortText, v.minLength(1)),
  remindersAtMost: small,
  steps: v.pipe(
    v.array(
      v.strictObject({
        id,
        clock: v.picklist(['approval', 'fulfilment', 'removal', 'compromise', 'review']),
        at: v.union([
          v.strictObject({ share: v.pipe(v.number(), v.minValue(0.01), v.maxValue(10)) }),
          v.strictObject({ before: duration }),
          v.strictObject({ after: duration }),
        ]),
        action: stepAction,
      }),
    ),
    v.maxLength(40),
  ),
});
export const saveLadderInput = v.strictObject({ ladder: ladderInput, expectedRev: rev });

export const rotaInput = v.strictObject({
  id,
  name: v.pipe(shortText, v.minLength(1)),
  startsAt: instant,
  turn: duration,
  people: v.pipe(v.array(accountId), v.maxLength(50)),
  overrides: v.pipe(v.array(v.strictObject({ from: instant, to: instant, accountId })), v.maxLength(200)),
});
export const saveRotaInput = v.strictObject({ rota: rotaInput, expectedRev: rev });

const reason = v.pipe(longText, v.minLength(1));
/** An override of a gate. `renew` prolongs the one there is. */
export const exceptionInput = v.strictObject({
  gate: v.picklist(['approval', 'verification']),
  reason,
  ownerAccountId: accountId,
  expiresAt: instant,
  renew: v.optional(v.boolean()),
});

/** What a first person attests where nothing can be read, and what a second one says who confirms it. */
export const attestInput = v.strictObject({ statement: reason, ownerAccountId: accountId, expiresAt: instant });
export const confirmAttestationInput = v.strictObject({ statement: reason });

/** Opens a grant in an emergency; `madeAt` registers access that was made already while Jira or the target was down. */
export const emergencyInput = v.strictObject({ reason, madeAt: v.optional(instant) });
export const reviewEmergencyInput = v.strictObject({ accepted: v.boolean(), comment: reason });
/** Marks a removal as the removal of something compromised, known since `notifiedAt`. */
export const compromisedInput = v.strictObject({ notifiedAt: instant, reason });

export const extendInput = v.strictObject({
  item: v.optional(itemId),
  end: v.optional(instant),
  duration: v.optional(duration),
  justification: reason,
});
export const giveBackInput = v.strictObject({ item: v.optional(itemId) });

/** Lets what a circuit breaker holds go on, or drops it. */
export const breakerInput = v.strictObject({
  breaker: v.picklist(['revocations', 'reopenings']),
  decision: v.picklist(['go-on', 'drop']),
});
/** Tries again what gave up: on a request, or in a list of leavers. */
export const retryStuckInput = v.strictObject({
  issueId: v.pipe(v.string(), v.regex(/^(?:\d{1,20}|leavers-[0-9a-f]{64})$/)),
});

/** A key that signs lists of leavers. Without a secret the key is removed. */
export const saveLeaverKeyInput = v.strictObject({
  keyId: id,
  secret: v.optional(v.pipe(secret, v.minLength(32))),
  expectedRev: rev,
});
