/** Where a newcomer arrives: what this is, who one can be, and the story in six steps. */
import Button from '@atlaskit/button/new';
import { goTo, Link } from '../routing/address';
import { homeOf, roleWords } from '../session/role-words';
import { type Person, useSession } from '../session/session';
import { Face } from '../shell/face';
import { CheckIcon } from '../shell/icons';
import { Notice } from '../shell/notice';
import { type Step, stepsOf, useStory } from './story';
import './landing.css';

export function LandingPage({ wanted = false }: { wanted?: boolean }) {
  const { people, person, signIn } = useSession();
  const story = useStory();
  const steps = stepsOf(story);
  const next = steps.find((step) => !step.done);
  const take = async (step: Step) => {
    await signIn(step.as);
    goTo(step.href);
  };
  const enter = async (chosen: Person) => {
    await signIn(chosen.email);
    // Whoever was on the way to a page goes on there.
    if (!wanted) goTo(homeOf(chosen));
  };
  const key = story?.issue?.key;

  return (
    <main id="main" className="page landing">
      <header className="landing__hero">
        <h1>An access request is resolved only when the target system proves it</h1>
        <p>
          This is a complete service desk on your own machine: the company acme.test, its access desk, its SCIM
          directory, and Proofgate installed in it. Play the story below in five minutes, or sign in as anybody and look
          around.
        </p>
      </header>
      {wanted && !person && (
        <Notice kind="info" title="Sign in first">
          That page belongs to a person of the company. Choose who you are.
        </Notice>
      )}
      <div className="landing__columns">
        <section aria-labelledby="story-heading" className="card landing__story">
          <div className="card__head">
            <h2 id="story-heading">The story in six steps</h2>
            {key !== undefined && <Link href={`/browse/${key}`}>{key}</Link>}
          </div>
          <ol className="steps">
            {steps.map((step, index) => (
              <li key={step.id} className={step.done ? 'step step--done' : step === next ? 'step step--next' : 'step'}>
                <span className="step__mark" aria-hidden="true">
                  {step.done ? <CheckIcon label="" size="small" /> : index + 1}
                </span>
                <div className="step__text">
                  <h3>
                    {step.who} {step.title}
                    {step.done && <span className="visually-hidden"> (done)</span>}
                  </h3>
                  <p>{step.detail}</p>
                </div>
                <Button appearance={step === next ? 'primary' : 'subtle'} onClick={() => void take(step)}>
                  {step.id === 'do' ? 'Open the directory' : `Go on as ${step.who}`}
                </Button>
              </li>
            ))}
          </ol>
          {next === undefined && (
            <Notice kind="success" title="That was the story">
              Now let Rita <Link href="/portal/create/13">give it back</Link>, look at the{' '}
              <Link href="/admin">connector test</Link> as Adele, or break something in the{' '}
              <Link href="/sandbox-controls">sandbox controls</Link>. A new request of Rita starts it again.
            </Notice>
          )}
        </section>
        <section aria-labelledby="people-heading" className="card">
          <div className="card__head">
            <h2 id="people-heading">Sign in as</h2>
          </div>
          <ul className="people">
            {people.map((one) => (
              <li key={one.key}>
                <button
                  type="button"
                  className={one.key === person?.key ? 'people__one people__one--current' : 'people__one'}
                  onClick={() => void enter(one)}
                >
                  <Face name={one.displayName} size={32} />
                  <span className="people__text">
                    <strong>{one.displayName}</strong>
                    <span>{roleWords(one)}</span>
                  </span>
                  {one.key === person?.key && <span className="people__here">you</span>}
                </button>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </main>
  );
}
