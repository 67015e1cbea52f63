import { stageProgress } from '../../domain/approval/progress';
import { implementersOf } from '../../domain/request/lifecycle/except';
import { canTryAgain } from '../../domain/request/lifecycle/direct-again';
import { rolesOf } from '../../domain/request/lifecycle/decide';
import { mustBeCalledOff } from '../../domain/request/removal';
import { inGrace } from '../../domain/request/lifecycle/read';
import { isAttested } from '../../domain/connector-kinds';
import type { AccessRequest, Item, ReadingSummary } from '../../domain/request/access-request';
import { explainReading } from '../../domain/verification/explain';
import type {
  AttestationView,
  EvidenceView,
  ItemView,
  PersonView,
  RequestView,
  StageView,
} from '../../contract/request-view';
import type { Shown } from '../../usecases/show-request';
import { directView } from './direct-view';
import { attestationView, clockViews, emergencyView, exceptionView, holdingView } from './time-view';

/** How many readings a screen shows: the panel's answer stays small. */
const shownReadings = 3;

/** A request in the words of the contract. */
export function requestView(shown: Shown, may: ViewerRights, sweepLateSince?: string): RequestView {
  const { request } = shown;
  const exception = exceptionView(request, personOf(request));
  const attestation = attestationView(request, personOf(request), shown.now);
  const emergency = emergencyView(request, personOf(request));
  const person = personOf(request);
  return {
    key: request.key,
    state: request.state,
    contentHash: shown.contentHash,
    mode: request.policy?.mode ?? 'enforce',
    legacy: request.legacy,
    submittedAt: request.submittedAt,
    requester: person(request.requesterId),
    justification: request.justification.slice(0, 500),
    policy: { version: request.policy?.version ?? 0, reasons: request.policy?.reasons ?? [] },
    problems: request.problems.map((problem) => problem.text),
    items: request.items.map((item) => itemView(shown, item)),
    gate: shown.gate,
    resolveWhenProven: request.resolveWhenProven !== undefined,
    clocks: clockViews(request, shown.now),
    ...(exception ? { exception } : {}),
    ...(attestation ? { attestation } : {}),
    ...(emergency ? { emergency } : {}),
    ...(request.compromised
      ? { compromised: { notifiedAt: request.compromised.notifiedAt, reason: request.compromised.reason } }
      : {}),
    bypasses: (request.bypasses ?? []).map((bypass) => bypass.detail),
    ...(sweepLateSince ? { sweepLateSince } : {}),
    ...(request.fulfilmentDone && request.fulfilmentDone.by !== 'app'
      ? { fulfilmentReportedAt: request.fulfilmentDone.at }
      : {}),
    ...(request.closing ? { closedAt: request.closing.at, closedOnProof: request.closing.gated } : {}),
    now: shown.now,
    may: {
      decide: shown.mayDecide,
      verify: may.work && request.items.length > 0,
      work: may.work,
      askAnew:
        may.work &&
        request.stages.length > 0 &&
        ['awaiting-approval', 'lapsed', 'approved', 'fulfilling', 'verifying', 'verified', 'reopened'].includes(
          request.state,
        ),
      tryAgain: may.work && request.items.some((item) => canTryAgain(request, item, shown.now)),
      callOff: may.callOff && mustBeCalledOff(request) && !['closed', 'excepted', 'cancelled'].includes(request.state),
      ...timeRights(request, may),
      ...attestRights(request, may, attestation),
    },
  };
}

/** What the rules say about the person who looks; the backend decides again on every call. */
export interface ViewerRights {
  readonly accountId: string;
  readonly work: boolean;
  readonly callOff: boolean;
  readonly governs: boolean;
  readonly reviews: boolean;
}

const open: ReadonlyArray<AccessRequest['state']> = [
  'awaiting-approval',
  'lapsed',
  'approved',
  'fulfilling',
  'verifying',
  'verified',
  'reopened',
];

function timeRights(request: AccessRequest, viewer: ViewerRights) {
  const { exception, emergency } = request;
  const roles = rolesOf(request);
  const part = [roles.requesterId, roles.raiserId, ...roles.beneficiaryIds].includes(viewer.accountId);
  const holder = [roles.requesterId, ...roles.beneficiaryIds].includes(viewer.accountId);
  const excepted = exception !== undefined && exception.ended === undefined;
  const grants = request.items.some((item) => item.changeKind !== 'revoke');
  const held = request.items.some((item) => item.holding && !item.holding.over && !item.holding.revocation);
  return {
    except: viewer.governs && !part && (excepted || (open.includes(request.state) && request.items.length > 0)),
    endException: excepted && (viewer.governs || exception.ownerId === viewer.accountId),
    openEmergency:
      viewer.work && !holder && grants && ['submitted', 'awaiting-approval', 'lapsed'].includes(request.state),
    reviewEmergency:
      viewer.reviews && !part && emergency !== undefined && !emergency.review && emergency.by !== viewer.accountId,
    markCompromised:
      viewer.work &&
      request.compromised === undefined &&
      request.items.some((item) => item.changeKind === 'revoke') &&
      !['closed', 'cancelled', 'declined', 'deleted', 'verified'].includes(request.state),
    extend: holder && held && request.items.some((item) => item.holding?.endsAt !== undefined),
    giveBack: holder && held,
  };
}

function attestRights(request: AccessRequest, viewer: ViewerRights, waiting: AttestationView | undefined) {
  const { exception } = request;
  const roles = rolesOf(request);
  const part = [
    roles.requesterId,
    roles.raiserId,
    ...roles.beneficiaryIds,
    ...implementersOf(request, undefined),
  ].includes(viewer.accountId);
  const owns = request.items.some(({ entitlement }) => entitlement.ownerAccountId === viewer.accountId);
  const attested = request.items.length > 0 && request.items.every(({ connector }) => isAttested(connector));
  const inForce = exception !== undefined && exception.ended === undefined;
  const again = request.state === 'excepted' && inForce && exception.kind === 'manual-attestation';
  const open =
    again ||
    request.state === 'cancelling' ||
    (!inForce && request.fulfilmentDone !== undefined && ['fulfilling', 'verifying'].includes(request.state));
  const may = attested && open && !part && (viewer.work || viewer.governs || owns);
  const other = waiting !== undefined && ![waiting.by.accountId, waiting.owner.accountId].includes(viewer.accountId);
  return { attest: may && waiting === undefined, confirmAttestation: may && other };
}

function personOf(request: AccessRequest): (accountId: string) => PersonView {
  return (accountId) => ({
    accountId,
    name:
      request.names[accountId] ??
      request.items.find((i) => i.identity.accountId === accountId)?.identity.name ??
      'Somebody',
  });
}

function itemView(shown: Shown, item: Item): ItemView {
  const { request } = shown;
  const { identity, entitlement, connector, period } = item;
  return {
    id: item.id,
    contentHash: item.contentHash,
    change: item.changeKind,
    identity: {
      kind: identity.kind,
      id: identity.id,
      name: identity.name,
      login: identity.login,
      ...(identity.accountId ? { accountId: identity.accountId } : {}),
    },
    entitlement: {
      name: entitlement.name,
      target: connector.name,
      risk: item.risk,
      instructions: item.changeKind === 'revoke' ? entitlement.instructions.revoke : entitlement.instructions.grant,
      ...(isAttested(connector) ? { attested: true } : {}),
    },
    stages: stagesView(shown),
    evidence: item.readings
      .slice(0, shownReadings)
      .map((reading, index) => evidenceView(request, item, reading, shown.now, index === 0)),
    ...(item.unreadableSince ? { unreadableSince: item.unreadableSince } : {}),
    baseline: { kind: item.baseline.kind, ...(item.baseline.at ? { at: item.baseline.at } : {}) },
    outcome: item.outcome,
    ...(period.start ? { startsAt: period.start } : {}),
    ...(request.dueAt ? { dueAt: request.dueAt } : {}),
    ...((item.endsAt ?? period.end) ? { endsAt: (item.endsAt ?? period.end) as string } : {}),
    ...(period.duration ? { duration: period.duration } : {}),
    ...(item.holding ? { holding: holdingView(item.holding) } : {}),
    ...(item.entitlement.fulfilment === 'direct' ? { direct: directView(request, item, personOf(request)) } : {}),
    links: linksOf(request, item),
  };
}

function linksOf(request: AccessRequest, item: Item): ItemView['links'] {
  const { origin } = request;
  const removal = item.holding?.revocation?.key;
  return [
    ...(origin
      ? [{ kind: origin.kind === 'extension' ? ('extension-of' as const) : ('raised-for' as const), key: origin.key }]
      : []),
    ...(removal ? [{ kind: 'revocation' as const, key: removal }] : []),
    ...(item.holding?.extensions ?? []).flatMap(({ key }) => (key ? [{ kind: 'extension' as const, key }] : [])),
  ];
}

function stagesView({ request, contentHash }: Shown): readonly StageView[] {
  const person = personOf(request);
  return stageProgress(request.stages, request.decisions, request.round, contentHash).map(({ stage, status }) => ({
    id: stage.id,
    name: stage.name,
    status,
    quorum: stage.quorum,
    approvers: stage.approvers.map(person),
    decisions: request.decisions
      .filter((d) => d.stageId === stage.id && d.round === request.round && d.contentHash === contentHash)
      .map((d) => ({
        by: person(d.accountId),
        decision: d.decision,
        at: d.at,
        channel: d.channel,
        ...(d.comment ? { comment: d.comment } : {}),
      })),
  }));
}

/** Only the newest reading says what to do: for older ones there is nothing left to do. */
function evidenceView(
  request: AccessRequest,
  item: Item,
  reading: ReadingSummary,
  now: string,
  newest: boolean,
): EvidenceView {
  const { because, todo } = explainReading(item, reading.reason);
  const contradiction = reading.verdict === 'absent' || reading.verdict === 'different';
  return {
    id: reading.id,
    at: reading.at,
    verdict: reading.verdict,
    ...(contradiction && inGrace(request, now) ? { notYet: true } : {}),
    reason: reading.reason,
    expected: reading.expected,
    observed: reading.observed,
    because,
    todo: newest ? todo : '',
    counts: reading.epoch === request.epoch && reading.contentHash === item.contentHash,
    fingerprint: reading.rawHash.slice(0, 16),
  };
}
