/** A question that must be answered first. The browser's own modal dialog: focus stays in it, Escape leaves it. */
import { type ReactNode, useEffect, useId, useRef } from 'react';

export function Dialog(props: {
  title: string;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
  footer?: ReactNode;
  closeOnEscape?: boolean;
  closeOnOverlayClick?: boolean;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    ref.current?.showModal();
  }, []);
  return (
    <dialog
      ref={ref}
      className={`dialog${props.wide ? ' dialog--wide' : ''}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        if (props.closeOnEscape !== false) props.onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current && props.closeOnOverlayClick === true) props.onClose();
      }}
    >
      <h2 id={id}>{props.title}</h2>
      <div className="dialog__body">{props.children}</div>
      {props.footer !== undefined && <div className="dialog__footer">{props.footer}</div>}
    </dialog>
  );
}
