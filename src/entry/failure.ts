import { errorLine, type ErrorCode } from '../contract/error-code';
import { Refusal } from '../domain/request/lifecycle/outcome';
import { Unavailable, type Log } from '../usecases/ports';

/** An error that travels to a screen: a sentence and a code, nothing of the inside. */
export class Failure extends Error {
  constructor(code: ErrorCode, text: string) {
    super(errorLine(code, text));
    this.name = 'Failure';
  }
}

/** Turns whatever was thrown into what a person may see. Unknown errors are noted and told as broken, without details. */
export function asFailure(error: unknown, log: Log): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof Refusal) return new Failure(error.code, error.message);
  if (error instanceof Unavailable) {
    return new Failure(
      'unavailable',
      'A service that Proofgate depends on did not answer. Nothing was lost; try again in a minute.',
    );
  }
  log.note('unexpected-error', {
    error: error instanceof Error ? error.name : 'unknown',
    where: error instanceof Error ? (error.stack ?? '').split('\n').slice(1, 3).join(' ').slice(0, 300) : '',
  });
  return new Failure(
    'broken',
    'Something went wrong inside Proofgate. Nothing was lost; try again, and tell your admin if it stays.',
  );
}
