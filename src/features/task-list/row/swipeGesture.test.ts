import { describe, expect, test } from 'vitest';
import { intentOf, moreWidth, outcomeOf, travelOf } from './swipeGesture.ts';

describe('a finger on a row', () => {
  test('that hardly moved may still be a tap', () => {
    expect(intentOf(6, 6)).toBe('unknown');
  });

  test('swipes when it goes sideways, scrolls when it goes down or aslant', () => {
    expect(intentOf(20, 4)).toBe('swipe');
    expect(intentOf(-20, 4)).toBe('swipe');
    expect(intentOf(3, 30)).toBe('scroll');
    expect(intentOf(20, 19)).toBe('scroll');
  });

  test('drags the row with it, and past the buttons only a little', () => {
    expect(travelOf(200)).toBe(200);
    expect(travelOf(-100)).toBe(-100);
    expect(travelOf(-moreWidth - 40)).toBe(-moreWidth - 10);
  });

  test('completes past a third of the row, and opens the buttons past half of them', () => {
    expect(outcomeOf(131, 390)).toBe('complete');
    expect(outcomeOf(129, 390)).toBe('nothing');
    expect(outcomeOf(-80, 390)).toBe('open');
    expect(outcomeOf(-40, 390)).toBe('nothing');
  });
});
