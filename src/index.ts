import { realPause } from './adapters/platform/pause';
import { startStopwatch } from './adapters/platform/stopwatch';
import { createFunctions } from './app';

const functions = createFunctions({ ...realPause, startStopwatch });

/** One export per function of manifest.yml. */
export const panel = functions.panel;
export const admin = functions.admin;
export const portal = functions.portal;
export const approvalGate = functions.approvalGate;
export const verificationGate = functions.verificationGate;
export const cancelGate = functions.cancelGate;
export const issueEvents = functions.issueEvents;
export const sweep = functions.sweep;
export const leavers = functions.leavers;
export const feed = functions.feed;
export const relay = functions.relay;
export const effects = functions.effects;
