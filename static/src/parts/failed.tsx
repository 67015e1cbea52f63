import Button from '@atlaskit/button/new';
import { en } from '../texts/en';
import { Notice } from './notice';
import type { Tone } from './tone';

interface Props {
  readonly title: string;
  readonly text: string;
  readonly todo?: string;
  readonly reference?: string;
  readonly retry?: () => void;
  readonly tone?: Tone;
  readonly urgent?: boolean;
}

/** What happened, what to do next, and what to quote when asking for help. */
export function Failed({ title, text, todo, reference, retry, tone = 'danger', urgent }: Props) {
  return (
    <Notice
      tone={tone}
      title={title}
      urgent={urgent}
      actions={retry && <Button onClick={retry}>{en.common.retry}</Button>}
    >
      {text && <p className="pg-foreign">{text}</p>}
      {todo && <p>{todo}</p>}
      {reference && <p className="pg-small pg-subtle">{reference}</p>}
    </Notice>
  );
}
