import { useEffect, useState } from 'react';
import { readDeskSla, type DeskSla } from '../../bridge';

const oldMs = 60_000;

/** JSM's own SLA of an issue; undefined until it is known. Read along with the request, and anew at most every minute. */
export function useDeskSla(key: string | undefined, at: number | undefined): readonly DeskSla[] | undefined {
  const [sla, setSla] = useState<readonly DeskSla[] | undefined>(key === undefined ? [] : undefined);
  const turn = at === undefined ? 0 : Math.floor(at / oldMs);
  useEffect(() => {
    if (key === undefined) return undefined;
    let done = false;
    void readDeskSla(key).then((found) => {
      if (!done) setSla(found);
    });
    return () => {
      done = true;
    };
  }, [key, turn]);
  return sla;
}
