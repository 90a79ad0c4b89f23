/** What a swiped row shows at its side: Done before it, Date and Delete after it (docs/design.md#phone). */
export type SwipeSide = 'done' | 'more';

/** Width in px of Date and Delete together. */
export const swipeActionsWidth = 152;

/** Movement in px before a finger counts as swiping, and how much flatter than steep it has to be. */
const slack = 12;
const flatness = 1.4;

/** What a finger that moved this far is doing; `dx` in reading direction. */
export function swipeIntentOf(dx: number, dy: number): 'unknown' | 'swipe' | 'scroll' {
  if (Math.hypot(dx, dy) < slack) return 'unknown';
  return Math.abs(dx) > Math.abs(dy) * flatness ? 'swipe' : 'scroll';
}

/** How far the row goes for a finger that went `dx`: freely to Done, with growing resistance past Date and Delete. */
export function swipeTravelOf(dx: number): number {
  return dx >= 0 || -dx <= swipeActionsWidth ? dx : -(swipeActionsWidth + (-dx - swipeActionsWidth) / 4);
}

/** What letting go at `dx` does in a row `width` wide: past a third completes, past half of the buttons keeps them open. */
export function swipeOutcomeOf(dx: number, width: number): 'complete' | 'open' | 'nothing' {
  if (dx > width / 3) return 'complete';
  return -dx > swipeActionsWidth / 2 ? 'open' : 'nothing';
}
