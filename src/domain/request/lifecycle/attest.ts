import type { AuditFact } from '../../audit/entry';
import { sha256 } from '../../canonical';
import { isAttested } from '../../connector-kinds';
import {
  attestationWaits,
  exceptionHolds,
  expiryProblem,
  remindAtOf,
  type Attestation,
  type Exception,
} from '../../exception/exception';
import { planHolding } from '../../holding/holding';
import { earliest, plus, type Instant } from '../../instant';
import { minuteText } from '../../instant-words';
import type { AccessRequest, Item } from '../access-request';
import { requestContentHash } from '../content';
import type { PlannedEffect } from '../effect';
import { rolesOf } from './decide';
import { implementersOf, withException } from './except';
import { outcome, Refusal, type Context, type Outcome } from './outcome';
import { endFrom } from './period-end';

/** What the first of two people says, for how long, and who answers for it. */
export interface AttestationAsked {
  readonly by: string;
  /** What was seen in the target, in the person's own words. */
  readonly statement: string;
  readonly ownerId: string;
  readonly ownerActive: boolean;
  readonly expiresAt: Instant;
  /** Who works on the request now: whoever carries the change out attests nothing. */
  readonly assigneeId?: string;
  /** Some target of the request can be read as it is connected today. */
  readonly hasReader: boolean;
}

/** The second person, who has looked too. */
export type ConfirmationAsked = Omit<AttestationAsked, 'ownerId' | 'expiresAt'>;

const attestable: ReadonlyArray<AccessRequest['state']> = ['fulfilling', 'verifying', 'cancelling'];

/**
 * A first person attests what the target shows, where nothing can be read. It opens nothing by itself: a second person
 * has to look and confirm.
 * @throws Refusal when the target can be read, or the person, the owner, the end or the words are not acceptable
 */
export function attest(request: AccessRequest, asked: AttestationAsked, context: Context): Outcome {
  requireAttestable(request, asked, context);
  const refuse = refuser(asked.by, context);
  const part = partsOf(request, asked.assigneeId);
  if (asked.ownerId === asked.by)
    refuse('owner-refused', 'Whoever attests does not own the attestation. Choose somebody else to answer for it.');
  if (part.includes(asked.ownerId))
    refuse('owner-refused', 'The owner of an attestation may have no part in the request. Choose somebody else.');
  if (!asked.ownerActive)
    refuse('owner-refused', 'The account of this owner is not active. Choose somebody who can answer for it.');
  const problem = expiryProblem(asked.expiresAt, context.now, request.policy?.exceptions.atMost ?? 'PT0S');
  if (problem !== undefined) refuse('expiry-refused', problem);
  const attestation: Attestation = {
    by: asked.by,
    at: context.now,
    statement: asked.statement,
    ownerId: asked.ownerId,
    expiresAt: asked.expiresAt,
    ...contentOf(request),
  };
  return outcome(
    { ...request, attestation },
    'attest',
    [
      {
        fact: 'attested',
        by: context.ref(asked.by),
        owner: context.ref(asked.ownerId),
        expiresAt: asked.expiresAt,
        statementHash: sha256(asked.statement),
        contentHash: attestation.contentHash,
      },
    ],
    {
      effects: [
        {
          kind: 'comment',
          audience: 'internal',
          text: 'Somebody attested by hand what the target shows. It counts once a second person, who did not do the work either, has looked too and confirms it in the Access panel.',
        },
      ],
    },
  );
}

/**
 * A second person confirms. Now there is an exception of its own kind: the request may be closed on it until its end, as
 * excepted and never as proven; what was granted is held until its own end, so that its removal is raised.
 * @throws Refusal as `attest`, and when nothing waits, or the same person confirms
 */
export function confirmAttestation(request: AccessRequest, asked: ConfirmationAsked, context: Context): Outcome {
  requireAttestable(request, asked, context);
  const refuse = refuser(asked.by, context);
  const { attestation } = request;
  if (!attestationWaits(attestation, contentOf(request), context.now))
    return refuse('not-possible-now', 'There is no attestation that waits for a second person. Attest it first.');
  if (attestation.by === asked.by)
    refuse('not-independent', 'You attested this yourself. A second person has to look and confirm it.');
  if (attestation.ownerId === asked.by)
    refuse('not-independent', 'You answer for this attestation. Somebody else has to look and confirm it.');
  // Who took part in the work since is no witness any more, and no owner.
  const part = partsOf(request, asked.assigneeId);
  if (part.includes(attestation.by))
    refuse('not-independent', 'Whoever attested it first has a part in the request by now. Attest it anew.', 'SOD5');
  if (part.includes(attestation.ownerId) || !asked.ownerActive)
    refuse('owner-refused', 'The owner of this attestation cannot answer for it any more. Attest it anew.');
  const { attestation: _waiting, ...rest } = request;
  if (request.state === 'cancelling') return asBefore(rest, attestation, asked, context);
  const renewals =
    request.exception?.kind === 'manual-attestation' && request.state === 'excepted' ? renewed(request) : 0;
  const exception: Exception = {
    id: `${request.issueId}.${request.rev + 1}`,
    kind: 'manual-attestation',
    gate: 'verification',
    reason: attestation.statement,
    ownerId: attestation.ownerId,
    grantedAt: context.now,
    expiresAt: attestation.expiresAt,
    remindAt: remindAtOf(context.now, attestation.expiresAt),
    granters: [attestation.by, asked.by],
    attested: [
      { by: attestation.by, at: attestation.at, statement: attestation.statement },
      { by: asked.by, at: context.now, statement: asked.statement },
    ],
    renewals,
    ...contentOf(request),
  };
  const excepted = withException(
    { ...rest, items: request.items.map((item) => heldOnWord(request, item, context)) },
    exception,
  );
  const resolve: PlannedEffect[] =
    request.resolveWhenProven && request.state !== 'excepted' ? [{ kind: 'transition', role: 'resolve' }] : [];
  return outcome(
    excepted,
    'confirm-attestation',
    [
      {
        ...confirmed('attestation-confirmed', attestation, asked, context),
        exception: exception.id,
        owner: context.ref(attestation.ownerId),
        expiresAt: exception.expiresAt,
        renewals,
      },
    ],
    {
      effects: [
        {
          kind: 'comment',
          audience: 'internal',
          text: `Two people attested by hand what the target shows. It is no proof: the request may be closed under this exception until ${minuteText(exception.expiresAt)}, then it is asked again.`,
        },
        ...resolve,
      ],
    },
  );
}

function renewed(request: AccessRequest): number {
  return (request.exception?.renewals ?? 0) + 1;
}

/** Nothing of a cancelled grant is in the target: *Cancel* is let through for a day. */
function asBefore(
  request: AccessRequest,
  attestation: Attestation,
  asked: ConfirmationAsked,
  context: Context,
): Outcome {
  const until = earliest(attestation.expiresAt, plus(context.now, 'P1D')) as Instant;
  const permit = { from: context.now, until, epoch: request.epoch, basis: 'baseline' as const };
  return outcome({ ...request, permits: [...request.permits, permit] }, 'confirm-attestation', [
    { ...confirmed('attested-as-before', attestation, asked, context), until },
  ]);
}

function confirmed(fact: string, attestation: Attestation, asked: ConfirmationAsked, context: Context): AuditFact {
  return {
    fact,
    kind: 'manual-attestation',
    first: context.ref(attestation.by),
    by: context.ref(asked.by),
    statementHash: sha256(asked.statement),
    contentHash: attestation.contentHash,
  };
}

/** What was granted on people's word is held until its end like anything else: it must be taken away then. */
function heldOnWord(request: AccessRequest, item: Item, context: Context): Item {
  if (item.changeKind === 'revoke' || !request.policy || (item.holding && !item.holding.over)) return item;
  const end = item.endsAt ?? endFrom(item, context.now).endsAt;
  const holding = { ...planHolding(undefined, context.now, end, request.policy.ends), provisional: true };
  return { ...item, holding, ...(end === undefined ? {} : { endsAt: end }) };
}

function contentOf(request: AccessRequest): { readonly contentHash: string; readonly epoch: number } {
  return { contentHash: requestContentHash(request.items), epoch: request.epoch };
}

function partsOf(request: AccessRequest, assigneeId: string | undefined): readonly string[] {
  const roles = rolesOf(request);
  return [roles.requesterId, roles.raiserId, ...roles.beneficiaryIds, ...implementersOf(request, assigneeId)];
}

type Refuse = (code: Refusal['code'], text: string, rule?: string) => never;

function refuser(by: string, context: Context): Refuse {
  return (code, text, rule = 'SOD9') => {
    throw new Refusal(code, text, [{ fact: 'attestation-refused', code, rule, by: context.ref(by) }]);
  };
}

function requireAttestable(request: AccessRequest, asked: ConfirmationAsked, context: Context): void {
  const refuse = refuser(asked.by, context);
  const { exception } = request;
  const holds = exceptionHolds(exception, contentOf(request), context.now);
  const again = request.state === 'excepted' && holds && exception.kind === 'manual-attestation';
  if (asked.hasReader || !request.items.every((item) => isAttested(item.connector)))
    refuse(
      'not-possible-now',
      'This target can be read, and no attestation outranks a reading. Have the access changed and press "Verify now".',
    );
  if ((!attestable.includes(request.state) && !again) || request.items.length === 0 || !request.policy)
    refuse('not-possible-now', 'People attest what they see once the request is approved and in work.');
  if (holds && !again) refuse('not-possible-now', 'This request has an exception already.');
  if (again && renewed(request) > (request.policy?.exceptions.renewalsAtMost ?? 0))
    refuse('limit-reached', `This was attested again ${exception.renewals} times, the most that policy allows.`);
  if (!again && request.state !== 'cancelling' && request.fulfilmentDone === undefined)
    refuse('not-possible-now', 'Whoever made the change reports that first; then others attest it.');
  if (asked.statement.trim() === '')
    refuse('reason-required', 'Say what you saw in the target; it stays with the attestation.');
  if (implementersOf(request, asked.assigneeId).includes(asked.by))
    refuse('not-independent', 'Whoever carries the change out may not attest it: the own word proves nothing.', 'SOD5');
  if (partsOf(request, asked.assigneeId).includes(asked.by))
    refuse('not-independent', 'Who asked for the access, raised the request or is to hold it may not attest it.');
}
