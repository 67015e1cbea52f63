import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { Frame } from '../frame';
import { createMoments, type Moments } from '../texts/moments';

const MomentsContext = createContext<Moments>(createMoments('en-US', undefined));

/** Gives everything below the person's way of writing dates. */
export function FrameProvider({ frame, children }: { frame: Frame; children: ReactNode }) {
  const moments = useMemo(() => createMoments(frame.locale, frame.timeZone), [frame.locale, frame.timeZone]);
  return <MomentsContext.Provider value={moments}>{children}</MomentsContext.Provider>;
}

export const useMoments = (): Moments => useContext(MomentsContext);
