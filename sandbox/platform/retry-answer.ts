/** Whether what came of an invocation asks for another one: `InvocationError` of @forge/events, or a failure. */
import type { Outcome } from './invoke/invoker';

export interface RetryWish {
  /** Absent: the platform's own back-off. */
  retryAfterSeconds?: number;
  retryReason: string;
  retryData?: unknown;
}

const MAX_RETRY_AFTER_SECONDS = 900;

export function readRetry(outcome: Outcome): RetryWish | undefined {
  if (outcome.kind === 'timeout') return { retryReason: 'FUNCTION_TIME_OUT' };
  if (outcome.kind !== 'ok') return { retryReason: 'FUNCTION_PLATFORM_UNKNOWN_ERROR' };
  const answer = outcome.value as { _retry?: boolean; retryOptions?: RetryOptions } | null | undefined;
  if (typeof answer !== 'object' || answer === null || answer._retry !== true) return undefined;
  const { retryAfter, retryReason = 'FUNCTION_RETRY_REQUEST', retryData } = answer.retryOptions ?? {};
  return {
    retryAfterSeconds: Math.min(MAX_RETRY_AFTER_SECONDS, Math.max(1, retryAfter ?? 1)),
    retryReason,
    ...(retryData === undefined ? {} : { retryData }),
  };
}

interface RetryOptions {
  retryAfter?: number;
  retryReason?: string;
  retryData?: unknown;
}
