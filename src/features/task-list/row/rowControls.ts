/** The control beside the one with the focus, in reading order; the row itself stands before its first control. */
export function adjacentControl(row: HTMLElement, focused: Element | null, side: 'next' | 'previous'): HTMLElement {
  const stops = [row, ...row.querySelectorAll<HTMLElement>('button')];
  const here = stops.findIndex((stop) => stop === focused);
  const at = Math.max(0, here) + (side === 'next' ? 1 : -1);
  return stops[Math.max(0, Math.min(at, stops.length - 1))] ?? row;
}
