import { useCallback, useSyncExternalStore } from 'react';

/** True while the window is at least `px` CSS pixels wide. */
export function useMinWidth(px: number): boolean {
  return useMedia(`(width >= ${px}px)`);
}

export function useIsPhone(): boolean {
  return !useMinWidth(720);
}

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}
