import { useCallback, useEffect, useState } from 'react';
import { isDrawable } from './imageDimensions.ts';

/**
 * A ref that shows the blob in a media element, as the given type. The object URL is revoked on unmount.
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

/** Whether the blob is a picture small enough to render; null until that is known. */
export function useIsDrawable(blob: Blob | undefined): boolean | null {
  const [checked, setChecked] = useState<{ blob: Blob; isDrawable: boolean } | null>(null);
  useEffect(() => {
    if (blob === undefined) return undefined;
    const current = blob;
    let isCancelled = false;
    async function check() {
      const result = await isDrawable(current);
      if (!isCancelled) setChecked({ blob: current, isDrawable: result });
    }
    void check();
    return () => {
      isCancelled = true;
    };
  }, [blob]);
  return checked !== null && checked.blob === blob ? checked.isDrawable : null;
}
