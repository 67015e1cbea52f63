/** The frame's half of the bridge: puts `window.__bridge` in place before the app is evaluated. */
import { createFrameHistory } from './frame-history';
import { watchHeight } from './frame-height';
import { applyTheme, loadTokenSheets, type Theme } from './frame-theme';
import { createPeer, isMessage } from './wire';

const LIMIT = { calls: 500, ms: 25_000 };

const pageOrigin = document.currentScript?.dataset['pageOrigin'] ?? '';
const peer = createPeer({ post: (message) => window.parent.postMessage(message, pageOrigin) }, (command) => {
  throw new Error(`The page asked the frame for ${command}`);
});
window.addEventListener('message', (event) => {
  if (event.source === window.parent && event.origin === pageOrigin && isMessage(event.data)) peer.receive(event.data);
});

const invokes: number[] = [];

const local: Record<string, (data: unknown) => unknown> = {
  invoke: (data) => {
    const now = performance.now();
    while (invokes[0] !== undefined && now - invokes[0] > LIMIT.ms) invokes.shift();
    if (invokes.length >= LIMIT.calls)
      throw new Error(`Resolver calls are rate limited at ${LIMIT.calls}req/${LIMIT.ms / 1000}s`);
    if (holdsFunction(data)) throw new Error('Passing functions as part of the payload is not supported!');
    invokes.push(now);
    return peer.call('invoke', data);
  },
  createHistory: () => createFrameHistory(),
  enableTheming: async () => {
    const sheets = loadTokenSheets();
    applyTheme((await peer.call('enableTheming', { onChange: (theme: Theme) => applyTheme(theme) })) as Theme);
    await sheets;
  },
};

function holdsFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsFunction);
}

const callBridge = async (command: string, data?: unknown): Promise<unknown> => {
  const here = Object.hasOwn(local, command) ? local[command] : undefined;
  return here ? here(data) : peer.call(command, data);
};

Object.assign(window, { __bridge: { callBridge } });

document.addEventListener('securitypolicyviolation', (event) => {
  void peer.call('__violation', {
    directive: event.effectiveDirective,
    blocked: event.blockedURI,
    source: event.sourceFile,
  });
});

const ready = () => watchHeight((height) => void peer.call('resize', { height }));
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', ready);
else ready();
