import Button from '@atlaskit/button/new';
import { useRef, useState } from 'react';
import { adminCalls } from '../../../bridge';
import { FailedCall } from '../../../parts/failed-call';
import { Notice } from '../../../parts/notice';
import { useCommand } from '../../../parts/use-command';
import { en, fill } from '../../../texts/en';
import { TabHead } from '../tab-head';
import { download } from './download';

interface Finished {
  readonly file: string;
  readonly text: string;
  readonly lines: number;
}

/** Downloads the whole audit page by page, and says how to check it. */
export function AuditTab() {
  const words = en.admin.audit;
  const command = useCommand();
  const [lines, setLines] = useState(0);
  const [finished, setFinished] = useState<Finished>();
  const stopped = useRef(false);

  const run = () => {
    stopped.current = false;
    setLines(0);
    setFinished(undefined);
    void command.run('export', async () => {
      const all: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await adminCalls.exportAudit(cursor === undefined ? {} : { cursor });
        all.push(...page.lines);
        cursor = page.cursor;
        setLines(all.length);
      } while (cursor !== undefined && !stopped.current);
      if (cursor !== undefined) return words.stopped;
      const file = `proofgate-audit-${new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-')}.jsonl`;
      const done = { file, text: `${all.join('\n')}\n`, lines: all.length };
      setFinished(done);
      download(done.file, done.text);
      return undefined;
    });
  };

  const running = command.busy !== undefined;
  return (
    <>
      <TabHead title={words.title} lead={words.lead} />
      <div className="pg-actions">
        <Button appearance="primary" onClick={run} isLoading={running}>
          {words.start}
        </Button>
        {running && (
          <Button appearance="subtle" onClick={() => (stopped.current = true)}>
            {words.stop}
          </Button>
        )}
        <span role="status" aria-live="polite">
          {running ? fill(words.running, { lines }) : (command.told ?? '')}
        </span>
      </div>
      {command.failed && <FailedCall error={command.failed.error} at={command.failed.at} retry={run} urgent />}
      {finished && (
        <Notice
          tone="success"
          title={fill(words.done, { lines: finished.lines, file: finished.file })}
          actions={<Button onClick={() => download(finished.file, finished.text)}>{words.again}</Button>}
        />
      )}
      <section aria-labelledby="pg-verify-export">
        <h3 id="pg-verify-export" className="pg-h3">
          {words.verify}
        </h3>
        <p className="pg-subtle">{words.verifyText}</p>
        <pre className="pg-command">npm run verify-export {finished?.file ?? 'FILE'}</pre>
        <p className="pg-hint">{words.contains}</p>
      </section>
    </>
  );
}
