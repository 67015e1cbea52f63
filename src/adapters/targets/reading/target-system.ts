import type { Identity } from '../../../domain/identity/identity';
import type {
  HeldEntitlement,
  Holder,
  Lookup,
  NonHumanIdentity,
  Page,
  PageWanted,
  ProbeStep,
  TargetEntitlement,
} from '../../../usecases/ports';
import type { Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { AccessReading } from './access-reading';
import type { AccessWriter } from './apply-change';

export interface EntitlementList {
  readonly entitlements: readonly TargetEntitlement[];
  /** Whether these are all there are. */
  readonly complete: boolean;
}

/** One check of the live test, after signing in has worked. */
export interface Check {
  readonly step: Exclude<ProbeStep['step'], 'reach' | 'sign-in' | 'wrong-secret-refused' | 'write-sign-in'>;
  run(record: AnswerRecord): Promise<{ readonly ok: boolean; readonly text: string }>;
}

/**
 * One target system that is signed in to: what every connector kind implements, and all that it implements. Failures are
 * answers; nothing throws for what a target does. Ids of entitlements are `prefix:id` where `connector-kinds` names
 * prefixes; an id of another form is `not-found` before anything is asked.
 */
export interface TargetSystem {
  /** The cheapest question that only somebody who is signed in gets an answer to. */
  firstLook(record: AnswerRecord): Promise<Answer<unknown>>;
  identityByLogin(login: string, record: AnswerRecord): Promise<Lookup<Identity>>;
  identityById(id: string, record: AnswerRecord): Promise<Lookup<Identity>>;
  identityByAccountId(accountId: string, record: AnswerRecord): Promise<Lookup<Identity>>;
  identityByEmployeeNumber?(employeeNumber: string, record: AnswerRecord): Promise<Lookup<Identity>>;
  /** `login` is what the account was called last: it may save a call, and never stands for the id. */
  reading(accountId: string, record: AnswerRecord, login?: string): AccessReading;
  /** Absent where the kind cannot write. */
  writer?(accountId: string, record: AnswerRecord): AccessWriter;
  entitlements(limit: number, record: AnswerRecord): Promise<Answer<EntitlementList>>;
  readonly checks: readonly Check[];
  members?(entitlementId: string, page: PageWanted, record: AnswerRecord): Promise<Page<Holder>>;
  heldBy?(accountId: string, page: PageWanted, record: AnswerRecord): Promise<Page<HeldEntitlement>>;
  nonHumanIdentities?(page: PageWanted, record: AnswerRecord): Promise<Page<NonHumanIdentity>>;
}

/**
 * Signs in as the reader or as the writer, each with its own secret, or as a `stranger` with a made-up one, whom the
 * target has to refuse.
 */
export type Connect = (as: 'reader' | 'writer' | 'stranger') => Promise<Answer<TargetSystem>>;
