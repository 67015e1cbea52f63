import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { Frame } from '../frame';
import { createMoments, type Moments } from '../texts/moments';

const MomentsContext = createContext<Moments>(createMoments('en-US', undefined));
const PlaceContext = createContext<Pick<Frame, 'issueKey' | 'portalId'>>({ issueKey: undefined, portalId: undefined });

/** Gives everything below the person's way of writing dates, and the place that is looked at. */
export function FrameProvider({ frame, children }: { frame: Frame; children: ReactNode }) {
  const moments = useMemo(() => createMoments(frame.locale, frame.timeZone), [frame.locale, frame.timeZone]);
  return (
    <PlaceContext.Provider value={frame}>
      <MomentsContext.Provider value={moments}>{children}</MomentsContext.Provider>
    </PlaceContext.Provider>
  );
}

export const useMoments = (): Moments => useContext(MomentsContext);
export const usePlace = (): Pick<Frame, 'issueKey' | 'portalId'> => useContext(PlaceContext);
