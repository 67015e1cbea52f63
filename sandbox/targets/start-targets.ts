/** The vendors' services that `npm start` offers beside the company's directory, each a small server with state on loopback. */
import type { Clock, Store, TargetServer } from '../contracts';
import { startAwsIdentityCenter } from './aws-identity-center/server';
import { startEntra } from './entra/server';
import { startGithub } from './github/start-github';
import { startGoogleWorkspace } from './google-workspace/server';
import { startKeycloak } from './keycloak/server';
import { startKeystone } from './keystone/server';
import { startOkta } from './okta/start-okta';

export interface TargetServerOptions {
  readonly store: Store;
  readonly clock: Clock;
}

type Start = (options: TargetServerOptions) => Promise<TargetServer>;

/** One line a service. */
const services: readonly Start[] = [
  startAwsIdentityCenter,
  startEntra,
  startGithub,
  startGoogleWorkspace,
  startKeycloak,
  startKeystone,
  startOkta,
];

/** Starts all of them. */
export function startTargets(options: TargetServerOptions): Promise<TargetServer[]> {
  return Promise.all(services.map((start) => start(options)));
}
