import { lazy, StrictMode, Suspense, type ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import { followTheme, readFrame, type Frame, type Surface } from './frame';
import { FrameProvider } from './parts/frame-context';
import { Crash } from './parts/crash';
import { Failed } from './parts/failed';
import { Skeleton } from './parts/skeleton';
import { en } from './texts/en';
import './parts/base.css';

/** Each surface is a chunk of its own, so that nobody waits for another person's screen. */
const surfaces: Readonly<Record<Surface, ComponentType>> = {
  panel: lazy(() => import('./surfaces/panel/surface')),
  context: lazy(() => import('./surfaces/context/surface')),
  admin: lazy(() => import('./surfaces/admin/surface')),
  portal: lazy(() => import('./surfaces/portal/surface')),
};

function Page({ frame }: { frame: Frame }) {
  const Surface = frame.surface && surfaces[frame.surface];
  if (!Surface) return <Failed title={en.frame.unknownTitle} text={en.frame.unknownText} />;
  return (
    <FrameProvider frame={frame}>
      <Crash>
        <Suspense fallback={<Skeleton kind={frame.surface ?? 'plain'} />}>
          <Surface />
        </Suspense>
      </Crash>
    </FrameProvider>
  );
}

async function start(): Promise<void> {
  const element = document.getElementById('root');
  if (!element) return;
  const root = createRoot(element);
  root.render(<Skeleton kind="plain" />);
  void followTheme();
  try {
    const frame = await readFrame();
    root.render(
      <StrictMode>
        <main>
          <Page frame={frame} />
        </main>
      </StrictMode>,
    );
  } catch {
    root.render(<Failed title={en.frame.noHostTitle} text={en.frame.noHostText} retry={() => location.reload()} />);
  }
}

void start();
