import Button from '@atlaskit/button/new';
import Toggle from '@atlaskit/toggle';
import { useId } from 'react';
import type { RequestView } from '../../../../src/contract/request-view';
import { panelCalls } from '../../bridge';
import { useMoments } from '../../parts/frame-context';
import { isWorkable } from '../../parts/request-state';
import type { Command } from '../../parts/use-command';
import { useElapsed } from '../../parts/use-elapsed';
import { en, fill } from '../../texts/en';
import { isAttestedOnly } from './attested';
import { latestReading } from './gate-answer';

interface Props {
  readonly request: RequestView;
  readonly now: number;
  readonly command: Command;
  readonly put: (view: RequestView) => void;
  readonly primary: boolean;
}

const whenAttested = {
  reportedNow: en.attestation.reported,
  whenProven: en.attestation.whenAttested,
  whenProvenOn: en.attestation.whenAttestedOn,
  whenProvenHint: en.attestation.whenAttestedHint,
};

/** What an agent can do about the proof: verify, report the work, or walk away. */
export function GateActions({ request, now, command, put, primary }: Props) {
  const moments = useMoments();
  const toggleId = useId();
  const { busy } = command;
  const seconds = useElapsed(busy === 'verify');
  const item = request.items[0];
  if (!item) return null;
  const values = { who: item.identity.name, target: item.entitlement.target };
  const workable = isWorkable(request.state);
  // Where nothing can be read a button that reads would only say so again.
  const attested = isAttestedOnly(request);
  const words = attested ? { ...en.gate, ...whenAttested } : en.gate;

  const verify = () =>
    command.run('verify', async () => {
      const view = await panelCalls.verifyNow({});
      put(view);
      return verifyResult(view, values.target);
    });
  const report = () =>
    command.run('report', async () => {
      put(await panelCalls.reportFulfilment());
      return words.reportedNow;
    });
  const toggle = (on: boolean) =>
    command.run('when-proven', async () => {
      put(await panelCalls.resolveWhenProven(on));
      return on ? words.whenProvenOn : words.whenProvenOff;
    });

  if (!request.may.verify && !request.may.work) return <p className="pg-hint">{en.gate.onlyAgents}</p>;
  const reportable = request.may.work && workable && request.state !== 'verified' && !request.fulfilmentReportedAt;
  return (
    <>
      <div className="pg-actions">
        {request.may.verify && !attested && (
          <Button
            appearance={primary ? 'primary' : 'default'}
            onClick={() => void verify()}
            isLoading={busy === 'verify'}
            isDisabled={busy !== undefined}
          >
            {en.gate.verify}
          </Button>
        )}
        {reportable && (
          <Button onClick={() => void report()} isLoading={busy === 'report'} isDisabled={busy !== undefined}>
            {en.gate.report}
          </Button>
        )}
        {request.may.work && workable && (
          <span className="pg-toggle">
            <Toggle
              id={toggleId}
              isChecked={request.resolveWhenProven}
              isDisabled={busy !== undefined}
              onChange={(event) => void toggle(event.currentTarget.checked)}
            />
            <label htmlFor={toggleId}>{words.whenProven}</label>
          </span>
        )}
      </div>
      <div className="pg-live" aria-live="polite">
        {busy === 'verify' && (
          <p className="pg-hint pg-foreign">
            {fill(en.gate.verifyingSteps[seconds < 2 ? 0 : seconds < 6 ? 1 : 2], values)}{' '}
            {seconds > 1 && `${seconds} s`}
          </p>
        )}
        {busy === undefined && command.told && <p className="pg-told pg-foreign">{command.told}</p>}
      </div>
      {request.fulfilmentReportedAt && workable && (
        <p className="pg-hint">{fill(en.gate.reported, { when: moments.clock(request.fulfilmentReportedAt, now) })}</p>
      )}
      {workable && request.may.work && !command.told && busy === undefined && (
        <p className="pg-hint pg-foreign">
          {fill(request.resolveWhenProven ? words.whenProvenOn : words.whenProvenHint, values)}
        </p>
      )}
    </>
  );
}

function verifyResult(view: RequestView, target: string): string {
  const open = view.items.map(latestReading).find((reading) => reading?.verdict !== 'confirmed');
  const proven = view.items.every((item) => latestReading(item)?.verdict === 'confirmed');
  return proven ? fill(en.gate.nowProven, { target }) : fill(en.gate.notProven, { because: open?.because ?? '' });
}
