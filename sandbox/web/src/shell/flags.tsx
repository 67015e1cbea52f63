/** Short messages at the lower left, as products show them. Errors stay until they are closed. */
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { CloseIcon, NoticeIcon } from './icons';

export interface Flag {
  id?: string;
  type: 'info' | 'success' | 'warning' | 'error';
  title: string;
  description?: string;
  isAutoDismiss?: boolean;
  actions?: Array<{ text: string; onClick: () => void }>;
}

interface Flags {
  show: (flag: Flag) => void;
  close: (id: string) => boolean;
}

const Context = createContext<Flags>({ show: () => undefined, close: () => false });
const STAY_MS = 6000;

export const useFlags = (): Flags => useContext(Context);

export function FlagsProvider({ children }: { children: ReactNode }) {
  const [flags, setFlags] = useState<Array<Flag & { id: string }>>([]);
  const made = useRef(0);
  const close = useCallback((id: string) => {
    setFlags((before) => before.filter((flag) => flag.id !== id));
    return true;
  }, []);
  const show = useCallback(
    (flag: Flag) => {
      const id = flag.id ?? `flag-${++made.current}`;
      setFlags((before) => [...before.filter((other) => other.id !== id), { ...flag, id }].slice(-4));
      if (flag.isAutoDismiss ?? (flag.type === 'success' || flag.type === 'info')) setTimeout(() => close(id), STAY_MS);
    },
    [close],
  );
  const value = useMemo(() => ({ show, close }), [show, close]);
  return (
    <Context.Provider value={value}>
      {children}
      <div className="flags" aria-live="polite">
        {flags.map((flag) => (
          <div key={flag.id} className={`flag flag--${flag.type}`} role={flag.type === 'error' ? 'alert' : 'status'}>
            <NoticeIcon kind={flag.type} />
            <div className="flag__text">
              <strong>{flag.title}</strong>
              {flag.description !== undefined && flag.description !== '' && <p>{flag.description}</p>}
              {flag.actions?.map((action) => (
                <button key={action.text} className="link-button" onClick={action.onClick}>
                  {action.text}
                </button>
              ))}
            </div>
            <button className="icon-button" aria-label={`Close: ${flag.title}`} onClick={() => close(flag.id)}>
              <CloseIcon label="" />
            </button>
          </div>
        ))}
      </div>
    </Context.Provider>
  );
}
