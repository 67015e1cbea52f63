import './dialog.css';
import { useEffect, useId, useLayoutEffect, useRef, type ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly close: () => void;
  /** While something is being sent it cannot be closed. */
  readonly busy: boolean;
  readonly children: ReactNode;
}

/**
 * A modal dialog of the browser's own: it keeps the focus inside, makes the rest inert and gives the focus back. It
 * stands next to what opened it and not in the middle, because a frame of Jira may be much taller than the window.
 */
export function Dialog({ title, close, busy, children }: Props) {
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  const state = useRef({ close, busy });
  state.current = { close, busy };

  useLayoutEffect(() => {
    const dialog = element.current;
    if (!dialog) return undefined;
    const opener = document.activeElement;
    const from = opener === document.body ? 0 : (opener?.getBoundingClientRect().top ?? 0) + window.scrollY;
    dialog.showModal();
    const room = Math.max(document.documentElement.scrollHeight, window.innerHeight) - dialog.offsetHeight - 16;
    dialog.style.insetBlockStart = `${Math.max(8, Math.min(from - 48, room))}px`;
    return () => {
      dialog.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);

  useEffect(() => {
    const dialog = element.current;
    const cancel = (event: Event) => {
      event.preventDefault();
      if (!state.current.busy) state.current.close();
    };
    dialog?.addEventListener('cancel', cancel);
    return () => dialog?.removeEventListener('cancel', cancel);
  }, []);

  return (
    <dialog ref={element} className="pg-dialog" aria-labelledby={id}>
      <h2 id={id} className="pg-h2">
        {title}
      </h2>
      {children}
    </dialog>
  );
}
