/** The conversation of a request: agents write inside the desk or to the customer, customers to the desk. */
import Button from '@atlaskit/button/new';
import TextArea from '@atlaskit/textarea';
import { type FormEvent, useState } from 'react';
import { Face } from '../shell/face';
import { useFlags } from '../shell/flags';
import { LockIcon } from '../shell/icons';
import { Pending } from '../shell/notice';
import { get, post } from '../site/http';
import { shown } from '../site/instants';
import { type Comment, type Page, REQUEST } from '../site/jira';
import { useLoaded } from '../site/use-loaded';

export function Comments({ issue, internal }: { issue: string; internal: boolean }) {
  const { value, error, reload } = useLoaded(
    () => get<Page<Comment>>(`${REQUEST}/${issue}/comment?limit=50`),
    `comments ${issue}`,
    4000,
  );
  const flags = useFlags();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);

  const send = async (open: boolean) => {
    if (text.trim() === '') return;
    setBusy(true);
    try {
      await post(`${REQUEST}/${issue}/comment`, { body: text, public: open });
      setText('');
      await reload();
    } catch (failure) {
      flags.show({ type: 'error', title: 'The comment was not added', description: (failure as Error).message });
    }
    setBusy(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(!internal);
  };

  return (
    <>
      <form onSubmit={submit} className="comment-form">
        <TextArea
          aria-label="Comment"
          placeholder={internal ? 'Add a note or reply to the customer' : 'Write to the desk'}
          value={text}
          minimumRows={2}
          resize="smart"
          onChange={(event) => setText(event.target.value)}
        />
        <div className="comment-form__buttons">
          <Button type="submit" isDisabled={text.trim() === '' || busy}>
            {internal ? 'Add internal note' : 'Send'}
          </Button>
          {internal && (
            <Button appearance="subtle" isDisabled={text.trim() === '' || busy} onClick={() => void send(true)}>
              Reply to customer
            </Button>
          )}
        </div>
      </form>
      {!value ? (
        <Pending error={error} lines={2} />
      ) : (
        <ul className="entries">
          {[...value.values].reverse().map((comment) => (
            <li key={comment.id} className={comment.public ? 'entry' : 'entry entry--internal'}>
              <Face name={comment.author.displayName} size={32} />
              <div className="entry__text">
                <p className="entry__head">
                  <strong>{comment.author.displayName}</strong>{' '}
                  <span className="subtle">{shown(comment.created.epochMillis)}</span>
                  {!comment.public && (
                    <span className="entry__internal">
                      <LockIcon label="" size="small" /> Internal note
                    </span>
                  )}
                </p>
                <p className="paragraph">{comment.body}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
