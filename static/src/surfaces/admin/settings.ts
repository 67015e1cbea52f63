import type { SettingsView } from '../../../../src/contract/settings-view';

/** The configuration as loaded, and how to load it anew. */
export interface Settings {
  readonly view: SettingsView;
  readonly at: number;
  readonly reload: () => Promise<void>;
}
