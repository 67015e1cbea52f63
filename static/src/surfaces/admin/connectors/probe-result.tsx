import type { ProbeStepView } from '../../../../../src/contract/settings-view';
import { FailedCall } from '../../../parts/failed-call';
import { StateMark } from '../../../parts/state-mark';
import { ToneIcon } from '../../../parts/tone-icon';
import { en, fill } from '../../../texts/en';
import { AddressApproval } from './address-approval';
import { originOf } from './connector-draft';
import type { Probe } from './use-probe';

interface Props {
  readonly probe: Probe;
  readonly name: string;
  readonly id: string;
  readonly addresses: readonly string[];
  readonly approved?: () => void;
}

/** Every step of a live test as a line, and what to do when Jira does not let the app out. */
export function ProbeResult({ probe, name, id, addresses, approved }: Props) {
  const words = en.admin.connectors;
  const { steps, command } = probe;
  if (command.failed) return <FailedCall error={command.failed.error} at={command.failed.at} urgent />;
  const failed = steps?.filter((step) => !step.ok && step.why !== 'not-tested').length ?? 0;
  const origins = [...new Set(addresses.flatMap((address) => originOf(address) ?? []))];
  return (
    <div aria-live="polite" className="pg-probe">
      {command.busy && <p className="pg-hint">{words.testing} …</p>}
      {steps && (
        <>
          <p className="pg-strong pg-foreign">
            {fill(words.testTitle, { name })}:{' '}
            {failed === 0 ? words.testPassed : fill(words.testFailed, { n: failed, of: steps.length })}
          </p>
          <ol className="pg-probe-steps">
            {steps.map((step) => (
              <Step key={step.step} step={step} />
            ))}
          </ol>
          {steps.some(({ why }) => why === 'not-approved') && (
            <AddressApproval key={origins.join(' ')} origins={origins} group={id} name={name} approved={approved} />
          )}
        </>
      )}
    </div>
  );
}

function Step({ step }: { step: ProbeStepView }) {
  const words = en.admin.connectors;
  const skipped = step.why === 'not-tested';
  const tone = step.ok ? 'success' : skipped ? 'neutral' : 'danger';
  return (
    <li className="pg-probe-step">
      <ToneIcon tone={tone} />
      <div>
        <p>
          {words.steps[step.step]}{' '}
          <StateMark tone={tone}>
            {step.ok
              ? words.ok
              : skipped
                ? words.notTested
                : step.why === 'not-approved'
                  ? words.notApproved
                  : words.notOk}
          </StateMark>
        </p>
        {!skipped && <p className="pg-hint pg-foreign">{step.text}</p>}
      </div>
    </li>
  );
}
