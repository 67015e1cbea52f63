import { flowActors } from '../flows/flow-actors';
import type { Actor } from './actor';
import { decideInPanel, decideInPortal } from './decide';
import { switchDirect, tryAgain } from './direct';
import { edit } from './edit';
import { fulfil, meddle } from './fulfil';
import { anew, callOff, report, verify, walkAway } from './panel';
import { assign, forge, leave, wait } from './people';
import { emergency, endOverride, override, review } from './governance';
import { compromised, extend, giveBack, retry } from './holder';
import { progress } from './progress';
import { submit } from './submit';
import { bulkMove, cancel, remove, reopen, resolve, start } from './transitions';

/** Everybody who may act in a history. Scripts name actors, so a name never changes its meaning. */
export const actors: readonly Actor[] = [
  submit,
  progress,
  decideInPortal,
  decideInPanel,
  edit,
  fulfil,
  meddle,
  start,
  resolve,
  cancel,
  reopen,
  bulkMove,
  remove,
  verify,
  report,
  walkAway,
  anew,
  callOff,
  override,
  endOverride,
  emergency,
  review,
  extend,
  giveBack,
  compromised,
  retry,
  leave,
  assign,
  forge,
  wait,
  switchDirect,
  tryAgain,
];

export const actorNamed = (name: string): Actor => {
  const found = [...actors, ...flowActors].find((actor) => actor.name === name);
  if (!found) throw new Error(`no actor ${name}`);
  return found;
};
