import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import { useFlags } from '../shell/flags';
import { post } from '../site/http';

/** What an administrator does to one issue outside of every rule: what the app has to notice afterwards. */
const ACTS = [
  { name: 'Move to Resolved', path: 'move', body: { status: 'Resolved' } },
  { name: 'Make it a removal', path: 'retype', body: { requestType: 'Remove access' } },
  { name: 'Clone', path: 'clone', body: { as: 'adele' } },
  { name: 'Move to Governance', path: 'reproject', body: { project: 'GOV' } },
  { name: 'Archive', path: 'archive', body: {} },
  { name: 'Restore', path: 'restore', body: {} },
];

const IMPORTED = {
  requestType: 'Request access',
  status: 'Resolved',
  fields: { summary: 'Imported from a file' },
  reporter: 'rita',
};

export function BypassCard() {
  const flags = useFlags();
  const [key, setKey] = useState('');
  const [busy, setBusy] = useState<string>();

  const act = async (name: string, path: string, body: object) => {
    setBusy(name);
    try {
      const made = await post<{ key?: string }>(`/sandbox/issues/${path}`, body);
      flags.show({ type: 'success', title: made.key === undefined ? `${name}: done` : `${name}: ${made.key}` });
    } catch (error) {
      flags.show({ type: 'error', title: `${name} failed`, description: (error as Error).message });
    }
    setBusy(undefined);
  };

  return (
    <section className="card" aria-labelledby="bypass-heading">
      <h2 id="bypass-heading" className="card__title">
        Around the workflow
      </h2>
      <p>What an administrator can do to a request without any rule being asked.</p>
      <div className="controls__row">
        <div className="controls__grow">
          <Textfield
            aria-label="Key of the request"
            placeholder="ACC-1"
            value={key}
            onChange={(event) => setKey(event.currentTarget.value.trim())}
          />
        </div>
      </div>
      <div className="controls__row">
        {ACTS.map(({ name, path, body }) => (
          <Button
            key={name}
            isLoading={busy === name}
            isDisabled={key === '' || busy !== undefined}
            onClick={() => void act(name, `${encodeURIComponent(key)}/${path}`, body)}
          >
            {name}
          </Button>
        ))}
        <Button
          isLoading={busy === 'Import'}
          isDisabled={busy !== undefined}
          onClick={() => void act('Import', 'import', IMPORTED)}
        >
          Import a resolved request
        </Button>
      </div>
    </section>
  );
}
