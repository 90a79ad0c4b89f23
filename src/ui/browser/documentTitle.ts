import { useEffect } from 'react';

/** Sets the window's title, from the most specific part to the app's name: "Choose worktop · Renovation · Threefold". */
export function useDocumentTitle(...parts: readonly (string | undefined)[]): void {
  const title = [...parts.filter((part) => part !== undefined && part !== ''), 'Threefold'].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
