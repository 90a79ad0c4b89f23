import { describe, expect, test } from 'vitest';
import { swipeIntentOf, swipeActionsWidth, swipeOutcomeOf, swipeTravelOf } from './swipeGesture.ts';

describe('a touch on a row', () => {
  test('that barely moved may still be a tap', () => {
    expect(swipeIntentOf(6, 6)).toBe('unknown');
  });

  test('swipes when it moves sideways, scrolls when it moves down or diagonally', () => {
    expect(swipeIntentOf(20, 4)).toBe('swipe');
    expect(swipeIntentOf(-20, 4)).toBe('swipe');
    expect(swipeIntentOf(3, 30)).toBe('scroll');
    expect(swipeIntentOf(20, 19)).toBe('scroll');
  });

  test('moves the row along, with resistance past the buttons', () => {
    expect(swipeTravelOf(200)).toBe(200);
    expect(swipeTravelOf(-100)).toBe(-100);
    expect(swipeTravelOf(-swipeActionsWidth - 40)).toBe(-swipeActionsWidth - 10);
  });

  test('completes past a third of the row, and opens the buttons past half of them', () => {
    expect(swipeOutcomeOf(131, 390)).toBe('complete');
    expect(swipeOutcomeOf(129, 390)).toBe('nothing');
    expect(swipeOutcomeOf(-80, 390)).toBe('open');
    expect(swipeOutcomeOf(-40, 390)).toBe('nothing');
  });
});
