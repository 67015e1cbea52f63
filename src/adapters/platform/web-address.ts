import { webTrigger } from '@forge/api';
import { Unavailable, type WebAddresses } from '../../usecases/ports';

/** Public addresses of the web triggers of manifest.yml (developer.atlassian.com/platform/forge/runtime-reference/web-trigger-api). */
export function createWebAddresses(): WebAddresses {
  return {
    leavers: () => addressOf('leavers'),
    feed: () => addressOf('feed'),
    relay: () => addressOf('relay'),
  };
}

async function addressOf(trigger: string): Promise<string> {
  try {
    return await webTrigger.getUrl(trigger);
  } catch {
    throw new Unavailable('platform');
  }
}
