import { useSyncExternalStore } from 'react';
import { createEmitter } from '../../domain/async/observable.ts';

export type Theme = 'system' | 'light' | 'dark';

/** Shared with public/theme.js, which sets the attribute before the first paint. */
const key = 'threefold.theme';

/** The `theme-color` of both themes: `--fold-2`, because the browser's toolbar cannot read custom properties. */
const barColours = { light: '#f8faf9', dark: '#151816' } as const;

const changes = createEmitter();

function readTheme(): Theme {
  const stored = localStorage.getItem(key);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

function setTheme(theme: Theme): void {
  if (theme === 'system') localStorage.removeItem(key);
  else localStorage.setItem(key, theme);
  applyTheme();
}

/** Applies the stored theme: the attribute for designTokens.css, and the colour of the browser's toolbar. */
export function applyTheme(): void {
  const theme = readTheme();
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const metaTheme = meta.media.includes('dark') ? 'dark' : 'light';
    meta.content = barColours[theme === 'system' ? metaTheme : theme];
  }
  changes.emit();
}

/** Another tab's choice arrives as a storage event. */
function onStorage(event: StorageEvent): void {
  if (event.key === key) applyTheme();
}

function subscribe(listener: () => void): () => void {
  const unsubscribe = changes.subscribe(listener);
  window.addEventListener('storage', onStorage);
  return () => {
    unsubscribe();
    window.removeEventListener('storage', onStorage);
  };
}

/** Light or dark by the system, or as chosen on this device. */
export function useTheme(): { theme: Theme; setTheme: (theme: Theme) => void } {
  return { theme: useSyncExternalStore(subscribe, readTheme), setTheme };
}
