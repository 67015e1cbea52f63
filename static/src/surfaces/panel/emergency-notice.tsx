import Button from '@atlaskit/button/new';
import type { RequestView } from '../../../../src/contract/request-view';
import { ForeignText } from '../../parts/foreign-text';
import { useMoments } from '../../parts/frame-context';
import { Notice } from '../../parts/notice';
import { Phrase } from '../../parts/phrase';
import { en, fill } from '../../texts/en';
import type { DialogName } from './dialogs/dialog-props';

interface Props {
  readonly request: RequestView;
  readonly now: number;
  readonly open: (dialog: DialogName) => void;
}

/** That it was opened in an emergency, until when, and whether somebody looked at it since. */
export function EmergencyNotice({ request, now, open }: Props) {
  const words = en.emergency;
  const moments = useMoments();
  const { emergency } = request;
  if (!emergency) return null;
  const { review, madeAt, until } = emergency;
  return (
    <Notice
      tone={review ? (review.accepted ? 'information' : 'danger') : 'warning'}
      title={
        <Phrase
          text={words.title}
          values={{ when: moments.soon(emergency.at, now), who: <ForeignText>{emergency.by.name}</ForeignText> }}
        />
      }
      actions={
        request.may.reviewEmergency && <Button onClick={() => open('review-emergency')}>{words.review.open}</Button>
      }
    >
      <p className="pg-foreign pg-lines">{emergency.reason}</p>
      {madeAt && <p>{fill(emergency.late ? words.madeAtLate : words.madeAt, { when: moments.dateTime(madeAt) })}</p>}
      <p>{fill(Date.parse(until) > now ? words.until : words.untilPast, { when: moments.dateTime(until) })}</p>
      {review ? (
        <>
          <p className="pg-strong">
            <Phrase
              text={review.accepted ? words.accepted : words.rejected}
              values={{ when: moments.soon(review.at, now), who: <ForeignText>{review.by.name}</ForeignText> }}
            />
          </p>
          <p className="pg-said pg-foreign">{review.comment}</p>
        </>
      ) : (
        <p className="pg-strong">{words.reviewOpen}</p>
      )}
    </Notice>
  );
}
