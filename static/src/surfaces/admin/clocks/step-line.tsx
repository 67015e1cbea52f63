import Button from '@atlaskit/button/new';
import type { Settings } from '../settings';
import { CheckGroup } from '../../../parts/check-group';
import { ChoiceField } from '../../../parts/choice-field';
import { DurationField } from '../../../parts/duration-field';
import { TextLineField } from '../../../parts/text-line-field';
import { en, fill } from '../../../texts/en';
import { SourceLine } from '../policy/source-line';
import {
  clocks,
  momentKind,
  percentOf,
  stepProblem,
  type Action,
  type MomentKind,
  type StepInput,
} from './ladder-draft';

interface Props {
  readonly step: StepInput;
  readonly number: number;
  readonly rotas: Settings['view']['rotas'];
  readonly checked: boolean;
  readonly change: (step: StepInput) => void;
  readonly remove: () => void;
}

type Does = Action['do'];
type Audience = Extract<Action, { do: 'notify' }>['to'][number];

const audiences: readonly Audience[] = [
  'assignee',
  'approvers',
  'requester',
  'beneficiary',
  'governance-owner',
  'privileged-owner',
];
const moments: Readonly<Record<MomentKind, StepInput['at']>> = {
  share: { share: 0.5 },
  before: { before: 'PT1H' },
  due: { after: 'PT0S' },
  after: { after: 'PT1H' },
};
const actions: Readonly<Record<Does, Action>> = {
  remind: { do: 'remind', to: ['assignee'] },
  notify: { do: 'notify', to: ['governance-owner'] },
  'add-approvers': { do: 'add-approvers', sources: [{ kind: 'entitlement-owner' }] },
  reassign: { do: 'reassign', to: { kind: 'person', accountId: '' } },
  'raise-priority': { do: 'raise-priority', priority: 'Highest' },
  'governance-request': { do: 'governance-request' },
  'auto-decline': { do: 'auto-decline' },
};

/** One step: on which clock, when, and what happens. */
export function StepLine({ step, number, rotas, checked, change, remove }: Props) {
  const words = en.admin.clocks.ladders;
  const { at, action } = step;
  const kind = momentKind(at);
  const problem = checked ? stepProblem(step) : undefined;
  return (
    <li className="pg-card" aria-label={fill(words.step, { n: number })}>
      <div className="pg-part-line pg-step-line">
        <ChoiceField
          label={words.clock}
          value={step.clock}
          options={clocks.map((clock) => ({ value: clock, label: en.clocks.kinds[clock] }))}
          onChange={(clock) => change({ ...step, clock })}
        />
        <ChoiceField
          label={words.moment}
          value={kind}
          options={(Object.keys(moments) as MomentKind[]).map((value) => ({ value, label: words.moments[value] }))}
          onChange={(value) => change({ ...step, at: moments[value] })}
        />
        {'share' in at && (
          <TextLineField
            label={words.share}
            type="number"
            value={String(percentOf(at.share))}
            onChange={(text) => change({ ...step, at: { share: shareOf(text) } })}
          />
        )}
        {!('share' in at) && kind !== 'due' && (
          <DurationField
            label={words.offset}
            required
            value={'before' in at ? at.before : at.after}
            onChange={(offset) =>
              change({ ...step, at: 'before' in at ? { before: offset ?? 'PT1M' } : { after: offset ?? 'PT1M' } })
            }
          />
        )}
        <ChoiceField
          label={words.action}
          value={action.do}
          options={(Object.keys(actions) as Does[]).map((value) => ({ value, label: words.actions[value] }))}
          onChange={(value) => change({ ...step, action: actions[value] })}
        />
        {action.do === 'raise-priority' && (
          <TextLineField
            label={words.priority}
            value={action.priority}
            onChange={(priority) => change({ ...step, action: { ...action, priority } })}
            error={problem === 'priority' ? en.admin.required : undefined}
          />
        )}
        <div className="pg-line-end">
          <Button aria-label={fill(words.removeStep, { n: number })} onClick={remove}>
            {en.common.remove}
          </Button>
        </div>
      </div>
      {(action.do === 'remind' || action.do === 'notify') && (
        <CheckGroup
          label={words.whom}
          options={audiences.map((value) => ({ value, label: en.clocks.audiences[value] ?? value }))}
          chosen={action.to}
          onChange={(to) => change({ ...step, action: { ...action, to } })}
        />
      )}
      {action.do === 'add-approvers' &&
        action.sources.map((source, index) => (
          <SourceLine
            key={index}
            source={source}
            rotas={rotas}
            checked={checked}
            change={(changed) =>
              change({
                ...step,
                action: { ...action, sources: action.sources.map((known, of) => (of === index ? changed : known)) },
              })
            }
            remove={
              action.sources.length > 1
                ? () =>
                    change({
                      ...step,
                      action: { ...action, sources: action.sources.filter((_known, of) => of !== index) },
                    })
                : undefined
            }
          />
        ))}
      {action.do === 'add-approvers' && (
        <div>
          <Button
            spacing="compact"
            onClick={() =>
              change({ ...step, action: { ...action, sources: [...action.sources, { kind: 'entitlement-owner' }] } })
            }
          >
            {en.admin.policy.addSource}
          </Button>
        </div>
      )}
      {action.do === 'reassign' && (
        <SourceLine
          source={action.to}
          rotas={rotas}
          checked={checked}
          change={(to) => change({ ...step, action: { ...action, to } })}
          remove={undefined}
        />
      )}
      {problem === 'whom' && <p className="pg-field-error">{words.whomMissing}</p>}
      {problem === 'approval' && <p className="pg-field-error">{words.onlyApproval}</p>}
    </li>
  );
}

/** Between 1 and 1000 percent. */
function shareOf(text: string): number {
  const percent = Number(text);
  return Number.isFinite(percent) ? Math.min(10, Math.max(0.01, percent / 100)) : 0.5;
}
