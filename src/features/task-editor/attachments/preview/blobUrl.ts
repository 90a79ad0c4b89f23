import { useCallback, useEffect, useState } from 'react';
import { isDrawable } from './imageDimensions.ts';

/**
 * A ref that shows these bytes in a picture, a sound or a film, as a type of ours. Their address is let go of when they are not shown
 * any more.
 */
export function useBlobUrl(blob: Blob | undefined, type: string) {
  return useCallback(
    (element: HTMLImageElement | HTMLMediaElement | null) => {
      if (element === null || blob === undefined) return undefined;
      const url = URL.createObjectURL(blob.slice(0, blob.size, type));
      element.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [blob, type],
  );
}

/** Whether these bytes may be drawn as a picture; null until they were looked at. */
export function useIsDrawable(blob: Blob | undefined): boolean | null {
  const [looked, setLooked] = useState<{ blob: Blob; isDrawable: boolean } | null>(null);
  useEffect(() => {
    if (blob === undefined) return undefined;
    const given = blob;
    let isGone = false;
    async function look() {
      const answer = await isDrawable(given);
      if (!isGone) setLooked({ blob: given, isDrawable: answer });
    }
    void look();
    return () => {
      isGone = true;
    };
  }, [blob]);
  return looked !== null && looked.blob === blob ? looked.isDrawable : null;
}
