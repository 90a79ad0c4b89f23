/** The control next to the focused one, in reading order; the row itself comes before its first control. */
export function adjacentControl(row: HTMLElement, focused: Element | null, side: 'next' | 'previous'): HTMLElement {
  const stops = [row, ...row.querySelectorAll<HTMLElement>('button')];
  const here = stops.findIndex((stop) => stop === focused);
  const at = Math.max(0, here) + (side === 'next' ? 1 : -1);
  return stops[Math.max(0, Math.min(at, stops.length - 1))] ?? row;
}
