import { webTrigger } from '@forge/api';
import { Unavailable, type WebAddresses } from '../../usecases/ports';

/** Public addresses of the web triggers of manifest.yml (developer.atlassian.com/platform/forge/runtime-reference/web-trigger-api). */
export function createWebAddresses(): WebAddresses {
  return {
    async leavers() {
      try {
        return await webTrigger.getUrl('leavers');
      } catch {
        throw new Unavailable('platform');
      }
    },
  };
}
