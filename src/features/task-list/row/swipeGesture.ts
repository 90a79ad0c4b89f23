/** The side that a swipe uncovers: Done before the row, Date and Delete after it (docs/design.md#phone). */
export type SwipeSide = 'done' | 'more';

/** Width in px of Date and Delete together. */
export const swipeActionsWidth = 152;

/** Movement in px before a touch has an intent. */
const minTravel = 12;
/** A swipe moves this much further sideways than up or down. */
const minSlope = 1.4;

/** The intent of a touch after this movement; `dx` in reading direction. */
export function swipeIntentOf(dx: number, dy: number): 'unknown' | 'swipe' | 'scroll' {
  if (Math.hypot(dx, dy) < minTravel) return 'unknown';
  return Math.abs(dx) > Math.abs(dy) * minSlope ? 'swipe' : 'scroll';
}

/** How far the row moves for `dx`: freely towards Done, with resistance past Date and Delete. */
export function swipeTravelOf(dx: number): number {
  return dx >= 0 || -dx <= swipeActionsWidth ? dx : -(swipeActionsWidth + (-dx - swipeActionsWidth) / 4);
}

/** The outcome of a release at `dx`: past a third of `width` completes, past half of the buttons keeps them open. */
export function swipeOutcomeOf(dx: number, width: number): 'complete' | 'open' | 'nothing' {
  if (dx > width / 3) return 'complete';
  return -dx > swipeActionsWidth / 2 ? 'open' : 'nothing';
}
