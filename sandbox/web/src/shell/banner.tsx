/** On every page: what this is, and the next step of the story. */
import { stepsOf, useStory } from '../landing/story';
import { goTo, Link, useAddress } from '../routing/address';
import { useSession } from '../session/session';
import { shownClock } from '../site/instants';
import { ClockIcon, FlaskIcon } from './icons';

export function Banner() {
  const { path } = useAddress();
  const { signIn } = useSession();
  const story = useStory();
  const steps = stepsOf(story);
  const at = steps.findIndex((step) => !step.done);
  const next = steps[at];
  const started = steps.some((step) => step.done);
  return (
    <aside className="banner" aria-label="About this sandbox">
      <span className="banner__what">
        <FlaskIcon label="" size="small" />
        Sandbox: no real Jira, everything on this machine
      </span>
      {path !== '/' && started && next && (
        <span className="banner__next">
          Step {at + 1} of {steps.length}: {next.who} {next.title}
          <button
            type="button"
            className="link-button"
            onClick={() => void signIn(next.as).then(() => goTo(next.href))}
          >
            {next.id === 'do' ? 'Open the directory' : `Go on as ${next.who}`}
          </button>
        </span>
      )}
      {story && (
        <Link href="/sandbox-controls" className="banner__clock" aria-label={`Sandbox time ${shownClock(story.now)}`}>
          <ClockIcon label="" size="small" />
          {shownClock(story.now).replace(/:\d\d$/, '')}
        </Link>
      )}
    </aside>
  );
}
