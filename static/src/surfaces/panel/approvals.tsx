import type { PersonView, RequestView, StageView } from '../../../../src/contract/request-view';
import { ForeignText } from '../../parts/foreign-text';
import { useMoments } from '../../parts/frame-context';
import { PersonMark } from '../../parts/person-mark';
import { StateMark } from '../../parts/state-mark';
import type { Tone } from '../../parts/tone';
import { ToneIcon } from '../../parts/tone-icon';
import { en, fill } from '../../texts/en';

const tones: Readonly<Record<StageView['status'], Tone>> = {
  waiting: 'neutral',
  open: 'information',
  approved: 'success',
  declined: 'danger',
};

/** The stages in their order, with everybody who is asked and what they said. */
export function Approvals({ request, now }: { request: RequestView; now: number }) {
  const stages = request.items[0]?.stages ?? [];
  return (
    <section aria-labelledby="pg-approvals">
      <h2 id="pg-approvals" className="pg-h3">
        {en.approvals.title}
      </h2>
      {stages.length === 0 && <p className="pg-subtle">{en.approvals.none}</p>}
      {stages.length > 0 && (
        <ol className="pg-stages">
          {stages.map((stage) => (
            <Stage key={stage.id} stage={stage} now={now} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Stage({ stage, now }: { stage: StageView; now: number }) {
  const others = stage.decisions
    .filter((decision) => !stage.approvers.some((person) => person.accountId === decision.by.accountId))
    .map((decision) => decision.by);
  const people = [...stage.approvers, ...others];
  return (
    <li className="pg-stage">
      <div className="pg-stage-head">
        <span className="pg-strong pg-foreign">{stage.name}</span>
        <StateMark tone={tones[stage.status]}>{en.approvals.statuses[stage.status]}</StateMark>
      </div>
      {stage.approvers.length > 1 && (
        <p className="pg-hint">
          {stage.quorum >= stage.approvers.length
            ? en.approvals.quorumAll
            : fill(en.approvals.quorumSome, { n: stage.quorum, of: stage.approvers.length })}
        </p>
      )}
      {people.length === 0 && <p className="pg-subtle">{en.approvals.nobody}</p>}
      <ul className="pg-people">
        {people.map((person) => (
          <Approver key={person.accountId} person={person} stage={stage} now={now} />
        ))}
      </ul>
    </li>
  );
}

function Approver({ person, stage, now }: { person: PersonView; stage: StageView; now: number }) {
  const moments = useMoments();
  const decision = stage.decisions.find((given) => given.by.accountId === person.accountId);
  const silent =
    stage.status === 'waiting'
      ? en.approvals.notAsked
      : stage.status === 'open'
        ? en.approvals.noAnswer
        : en.approvals.notNeeded;
  return (
    <li className="pg-person-line">
      <PersonMark name={person.name} />
      <div className="pg-person-said">
        <span>
          <ForeignText>{person.name}</ForeignText>{' '}
          {decision ? (
            <span className="pg-nowrap">
              <ToneIcon tone={decision.decision === 'approve' ? 'success' : 'danger'} small />{' '}
              <span className="pg-subtle">
                {fill(decision.decision === 'approve' ? en.approvals.approvedBy : en.approvals.declinedBy, {
                  when: moments.soon(decision.at, now),
                })}
              </span>
            </span>
          ) : (
            <span className="pg-subtle">{silent}</span>
          )}
        </span>
        {decision?.comment && <span className="pg-said pg-foreign">{decision.comment}</span>}
      </div>
    </li>
  );
}
