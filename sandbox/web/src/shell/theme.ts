/** Light or dark: the viewer's choice here, the system's otherwise. Frames follow. */
import { useSyncExternalStore } from 'react';

export type ColorMode = 'light' | 'dark';

const KEY = 'sandbox-color-mode';
const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

export function colorMode(): ColorMode {
  const chosen = localStorage.getItem(KEY);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return system.matches ? 'dark' : 'light';
}

export function chooseColorMode(mode: ColorMode): void {
  localStorage.setItem(KEY, mode);
  apply();
}

export function startTheme(): void {
  system.addEventListener('change', apply);
  apply();
}

export function onColorMode(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export const useColorMode = (): ColorMode => useSyncExternalStore(onColorMode, colorMode);

function apply(): void {
  const root = document.documentElement;
  root.dataset['theme'] = 'light:light dark:dark spacing:spacing typography:typography shape:shape motion:motion';
  root.dataset['colorMode'] = colorMode();
  for (const listener of listeners) listener();
}
