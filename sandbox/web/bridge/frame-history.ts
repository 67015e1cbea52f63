/** `view.createHistory()`: a live object, so it is made inside the frame. The product's address bar stays as it is. */

export interface FrameLocation {
  pathname: string;
  search: string;
  hash: string;
  state?: unknown;
  key: string;
}
type Listener = (location: FrameLocation, action: 'PUSH' | 'REPLACE' | 'POP') => void;
type Target = string | Partial<FrameLocation>;

export function createFrameHistory() {
  const stack: FrameLocation[] = [{ pathname: '/', search: '', hash: '', key: 'default' }];
  let index = 0;
  let made = 0;
  const listeners = new Set<Listener>();
  const here = () => stack[index] as FrameLocation;

  const at = (target: Target, state: unknown): FrameLocation => {
    const key = `k${++made}`;
    if (typeof target !== 'string') return { ...here(), search: '', hash: '', ...target, key };
    const { pathname, search, hash } = new URL(target, `http://frame.invalid${here().pathname}`);
    return { pathname, search, hash, key, ...(state === undefined ? {} : { state }) };
  };
  const tell = (action: 'PUSH' | 'REPLACE' | 'POP') => {
    Object.assign(history, { action, location: here(), index, length: stack.length });
    for (const listener of listeners) listener(here(), action);
  };
  const history = {
    action: 'POP' as 'PUSH' | 'REPLACE' | 'POP',
    location: here(),
    index,
    length: 1,
    push: (target: Target, state?: unknown) => {
      stack.splice(index + 1, Infinity, at(target, state));
      index++;
      tell('PUSH');
    },
    replace: (target: Target, state?: unknown) => {
      stack[index] = at(target, state);
      tell('REPLACE');
    },
    go: (steps: number) => {
      const next = Math.min(stack.length - 1, Math.max(0, index + steps));
      if (next === index) return;
      index = next;
      tell('POP');
    },
    goBack: () => history.go(-1),
    goForward: () => history.go(1),
    back: () => history.go(-1),
    forward: () => history.go(1),
    listen: (listener: Listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    createHref: (target: Target) =>
      typeof target === 'string' ? target : `${target.pathname ?? ''}${target.search ?? ''}${target.hash ?? ''}`,
    block: () => {
      throw new Error('The sandbox does not model history.block');
    },
  };
  return history;
}
