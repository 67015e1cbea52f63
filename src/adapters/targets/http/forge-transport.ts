import { fetch } from '@forge/api';
import type { Transport } from './transport';

/** Forge's own way out, which the site's approved addresses bound. */
export const forgeTransport: Transport = fetch;
