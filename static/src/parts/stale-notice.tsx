import Button from '@atlaskit/button/new';
import type { CallError } from '../bridge';
import { en, fill } from '../texts/en';
import { useMoments } from './frame-context';
import { Notice } from './notice';

const staleMs = 5 * 60_000;

/** Says that what is shown is old: because time went by, or because refreshing failed. */
export function StaleNotice({
  madeAt,
  now,
  failed,
  refreshing,
  refresh,
}: {
  madeAt: string;
  now: number;
  failed?: CallError;
  refreshing: boolean;
  refresh: () => void;
}) {
  const moments = useMoments();
  const old = now - Date.parse(madeAt) > staleMs;
  if (!old && !failed) return null;
  return (
    <Notice
      tone="warning"
      title={fill(en.common.staleTitle, { time: moments.soon(madeAt, now) })}
      actions={
        <Button onClick={refresh} isDisabled={refreshing}>
          {refreshing ? en.common.refreshing : en.common.refresh}
        </Button>
      }
    >
      <p className="pg-foreign">
        {failed
          ? fill(en.common.offlineText, { why: failed.message || en.failures[failed.code] })
          : en.common.staleText}
      </p>
    </Notice>
  );
}
