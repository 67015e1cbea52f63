import { realPause } from './adapters/platform/pause';
import { startStopwatch } from './adapters/platform/stopwatch';
import { openBackend, openPorts } from './app';
import { createEffects } from './entry/effects';
import { createIssueEvents } from './entry/issue-events';
import { adminFunctions } from './entry/resolvers/admin';
import { panelFunctions } from './entry/resolvers/panel';
import { portalFunctions } from './entry/resolvers/portal';
import { createResolver } from './entry/resolvers/resolver';
import { createSweep } from './entry/sweep';
import { createFeed } from './entry/web/feed';
import { createLeavers } from './entry/web/leavers';
import { createRelay } from './entry/web/relay';
import { createGate } from './entry/workflow/gate';

/** One export per function of manifest.yml. */
export const panel = createResolver(panelFunctions, openBackend);
export const admin = createResolver(adminFunctions, openBackend);
export const portal = createResolver(portalFunctions, openBackend);
export const approvalGate = createGate('approval', openPorts);
export const verificationGate = createGate('verification', openPorts);
export const cancelGate = createGate('cancel', openPorts);
export const issueEvents = createIssueEvents(openPorts);
export const sweep = createSweep(openPorts, startStopwatch);
export const leavers = createLeavers(openPorts);
export const feed = createFeed(openPorts);
export const relay = createRelay(openPorts, realPause);
export const effects = createEffects(openPorts, startStopwatch);
