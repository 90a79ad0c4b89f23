import { useEffect } from 'react';

/** The window's title, from the nearest thing outwards: "Choose worktop · Renovation · Threefold". */
export function useDocumentTitle(...parts: readonly (string | undefined)[]): void {
  const title = [...parts.filter((part) => part !== undefined && part !== ''), 'Threefold'].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
