import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { useId, useRef, useState } from 'react';
import { en } from '../texts/en';
import { LiveRegion } from './live-region';

interface Props {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  /** What the button does, for those who hear it without the field. */
  readonly copyLabel: string;
}

/** A text to take elsewhere. Hosts may refuse the clipboard to a frame: then the text is selected, to be copied by hand. */
export function CopyField({ label, hint, value, copyLabel }: Props) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [told, setTold] = useState<string>();
  const copy = async () => {
    setTold(undefined);
    try {
      await navigator.clipboard.writeText(value);
      setTold(en.common.copied);
    } catch {
      field.current?.focus();
      field.current?.select();
      setTold(en.common.copyByHand);
    }
  };
  return (
    <div className="pg-field">
      <label htmlFor={id}>{label}</label>
      <div className="pg-copy">
        <Textfield id={id} ref={field} value={value} isReadOnly isMonospaced aria-describedby={`${id}-hint`} />
        <Button aria-label={copyLabel} onClick={() => void copy()}>
          {en.common.copy}
        </Button>
      </div>
      <p id={`${id}-hint`} className="pg-hint">
        {hint}
      </p>
      {told && <p className="pg-hint">{told}</p>}
      <LiveRegion text={told} />
    </div>
  );
}
