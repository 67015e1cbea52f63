import type { Script, SiteScript, Step } from '../script';

const site: SiteScript = {
  startsAt: '2026-06-15T08:00:00.000Z',
  callMs: 7,
  eventMs: 500,
  staleMs: 0,
  installations: 1,
  mode: 'enforce',
  anchored: true,
  legacyForMs: 0,
};

/** A step whose actor needs no choices, or these. */
function step(actor: string, dice: readonly number[] = []): Step {
  return { actor, installation: 0, dice, waitMs: 60_000, faults: [], patient: true };
}

const flow = (...steps: Step[]): Script => ({ seed: 0, site, steps });

/**
 * The main flows, each a script without faults whose steps are tried until they work, so that the end must be the same
 * whatever died on the way. `as-asked` does what the issue asks for at every status.
 */
export const flows: Readonly<Record<string, Script>> = {
  grant: flow(step('flow-ask-grant'), step('flow-approve'), step('flow-fulfil'), step('flow-resolve')),
  'grant in the panel': flow(
    step('flow-ask-grant'),
    step('flow-approve-in-panel'),
    step('flow-fulfil'),
    step('flow-resolve'),
  ),
  'grant that resolves by itself': flow(
    step('flow-ask-grant'),
    step('flow-approve'),
    step('flow-walk-away'),
    step('flow-fulfil'),
    step('flow-see-resolved'),
  ),
  removal: flow(step('flow-holds'), step('flow-ask-removal'), step('flow-fulfil'), step('flow-resolve')),
  'change of level': flow(
    step('flow-holds'),
    step('flow-ask-change'),
    step('flow-approve'),
    step('flow-fulfil'),
    step('flow-resolve'),
  ),
  'edit after approval': flow(
    step('flow-ask-grant'),
    step('flow-approve'),
    step('flow-extend'),
    step('flow-approve-again'),
    step('flow-fulfil'),
    step('flow-resolve'),
  ),
  cancel: flow(
    step('flow-ask-grant'),
    step('flow-approve'),
    step('flow-fulfil'),
    step('flow-refused-cancel'),
    step('flow-take-back'),
    step('flow-cancel'),
  ),
  decline: flow(step('flow-ask-grant'), step('flow-decline')),
  reopen: flow(
    step('flow-ask-grant'),
    step('flow-approve'),
    step('flow-fulfil'),
    step('flow-resolve'),
    step('flow-reopen'),
    step('flow-see-in-progress'),
    step('flow-resolve'),
  ),
  'bulk move': flow(
    step('flow-ask-grant'),
    step('flow-approve'),
    step('flow-bulk-move'),
    step('flow-see-in-progress'),
    step('flow-fulfil'),
    step('flow-resolve'),
  ),
};
