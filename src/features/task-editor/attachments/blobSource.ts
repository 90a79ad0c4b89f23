import { useCallback } from 'react';

/**
 * A ref that shows these bytes in a picture or a sound, as a type of ours. Their address is let go of when they are not shown
 * any more.
 */
export function useBlobSource(blob: Blob | undefined, type: string) {
  return useCallback(
    (element: HTMLImageElement | HTMLAudioElement | null) => {
      if (element === null || blob === undefined) return undefined;
      const url = URL.createObjectURL(blob.slice(0, blob.size, type));
      element.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [blob, type],
  );
}
