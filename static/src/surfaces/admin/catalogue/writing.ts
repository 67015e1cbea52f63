import type { ConnectorView } from '../../../../../src/contract/settings-view';

/** What keeps the app from changing a target, as far as its settings tell. The backend decides again on saving. */
export type WritingNeed = 'reader' | 'switch' | 'secret' | 'new-secret';

/** The first thing that is missing; undefined when the app may write. */
export function whatWritingNeeds(connector: ConnectorView): WritingNeed | undefined {
  if (connector.kind === 'manual') return 'reader';
  if (!connector.write) return 'switch';
  if (connector.writeSecret?.origin !== connector.origin) return 'secret';
  return connector.writeSecret.age === 'too-old' ? 'new-secret' : undefined;
}
