import type { CallError } from '../bridge';
import { en, fill } from '../texts/en';
import { Failed } from './failed';
import { useMoments } from './frame-context';

/** A call that failed, told by its code. `at` is the instant it failed, for whoever is asked about it. */
export function FailedCall({
  error,
  at,
  retry,
  urgent,
}: {
  error: CallError;
  at: number;
  retry?: () => void;
  urgent?: boolean;
}) {
  const moments = useMoments();
  const calm = error.code === 'not-governed';
  const quiet = calm || error.code === 'no-permission' || error.code === 'not-found';
  return (
    <Failed
      tone={calm ? 'information' : quiet ? 'warning' : 'danger'}
      urgent={urgent}
      title={en.failures[error.code]}
      text={calm ? '' : error.message}
      todo={en.advice[error.code]}
      reference={
        quiet
          ? undefined
          : fill(en.common.reference, { code: error.code, time: moments.dateTime(new Date(at).toISOString()) })
      }
      retry={retry}
    />
  );
}
