import { useLayoutEffect, useRef } from 'react';

/** A text area as high as its text. Browsers without `field-sizing` are given the height by hand. */
export function useAutoGrow(text: string) {
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = area.current;
    if (element?.value !== text || CSS.supports('field-sizing', 'content')) return;
    element.style.blockSize = 'auto';
    element.style.blockSize = `${element.scrollHeight}px`;
  }, [text]);
  return area;
}
