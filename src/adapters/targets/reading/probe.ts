import type { Connector } from '../../../domain/connector';
import type { ReadFailure } from '../../../domain/verification/judge';
import type { ProbeStep } from '../../../usecases/ports';
import type { Answer } from '../http/answer';
import { AnswerRecord } from '../http/answer-record';
import { failureAdvice } from './failure-advice';
import type { Check, Connect } from './target-system';

/** Failures that mean that no answer of the server itself came back. */
const unanswered: ReadonlySet<ReadFailure> = new Set([
  'unreachable',
  'timeout',
  'not-approved',
  'redirected',
  'no-secret',
  'origin-changed',
  'secret-too-old',
]);

const notReached = {
  ok: false,
  text: 'Not tested: the step before has to work first.',
  why: 'not-tested',
} as const;

/**
 * The live test of a connector: every step in its order, each with a sentence that says what to do next. A made-up secret
 * must be refused: what answers anybody proves nothing.
 */
export async function probe(
  connect: Connect,
  connector: Pick<Connector, 'kind' | 'write'>,
): Promise<readonly ProbeStep[]> {
  const advise = failureAdvice(connector.kind);
  const record = new AnswerRecord();
  const steps: ProbeStep[] = [];
  const reader = await connect('reader');
  const looked = reader.ok ? await reader.value.firstLook(record) : reader;
  const answeredAtAll = looked.ok || !unanswered.has(looked.failure);
  steps.push({
    step: 'reach',
    ok: answeredAtAll,
    text: answeredAtAll ? 'The server answers.' : advise(looked.failure),
    ...whyOf(looked),
  });
  const signedIn = answeredAtAll && looked.ok;
  if (answeredAtAll)
    steps.push({
      step: 'sign-in',
      ok: looked.ok,
      text: looked.ok ? 'The server accepts the secret.' : advise(looked.failure),
    });
  else steps.push({ step: 'sign-in', ...notReached });
  steps.push(
    signedIn ? await refusesStrangers(connect, record, advise) : { step: 'wrong-secret-refused', ...notReached },
  );
  const checks: readonly Check[] = reader.ok ? reader.value.checks : [];
  for (const { step, run } of checks) steps.push(signedIn ? { step, ...(await run(record)) } : { step, ...notReached });
  if (connector.write) steps.push(await writerSignsIn(connect, record, advise));
  return steps;
}

type Advise = (failure: ReadFailure) => string;

async function refusesStrangers(connect: Connect, record: AnswerRecord, advise: Advise): Promise<ProbeStep> {
  const step = 'wrong-secret-refused';
  const stranger = await connect('stranger');
  const answer = stranger.ok ? await stranger.value.firstLook(record) : stranger;
  if (answer.ok)
    return {
      step,
      ok: false,
      text: 'The server also answers a made-up secret. Anyone can read it, so its answers prove nothing: switch authentication on in the target.',
    };
  return answer.failure === 'refused-credentials' || answer.failure === 'forbidden'
    ? { step, ok: true, text: 'The server refuses a made-up secret.' }
    : {
        step,
        ok: false,
        text: `Whether the server refuses a made-up secret could not be found out. ${advise(answer.failure)}`,
      };
}

async function writerSignsIn(connect: Connect, record: AnswerRecord, advise: Advise): Promise<ProbeStep> {
  const step = 'write-sign-in';
  const writer = await connect('writer');
  const looked = writer.ok ? await writer.value.firstLook(record) : writer;
  return looked.ok
    ? { step, ok: true, text: 'The server accepts the secret that writes.' }
    : { step, ok: false, text: `The secret that writes does not work. ${advise(looked.failure)}`, ...whyOf(looked) };
}

function whyOf(answer: Answer<unknown>): Pick<ProbeStep, 'why'> {
  return !answer.ok && answer.failure === 'not-approved' ? { why: 'not-approved' } : {};
}
