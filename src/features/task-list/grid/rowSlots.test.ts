import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignSlots, noSlots } from './rowSlots.ts';

const plan = {};
const rowsFrom = (first: number, count: number) => Array.from({ length: count }, (_, at) => `row ${first + at}`);

test('rows keep their slots while they are drawn', () => {
  const first = assignSlots(noSlots, plan, ['a', 'b', 'c']);
  const second = assignSlots(first, plan, ['b', 'c', 'd']);
  expect(second.slots.get('b')).toBe(first.slots.get('b'));
  expect(second.slots.get('c')).toBe(first.slots.get('c'));
  expect(assignSlots(second, plan, ['b', 'c', 'd'])).toBe(second);
});

test('where all rows are replaced the new ones take their slots', () => {
  const first = assignSlots(noSlots, plan, rowsFrom(0, 20));
  const second = assignSlots(first, plan, rowsFrom(500, 20));
  expect([...second.slots.values()]).toEqual([...first.slots.values()]);
});

test('no slot is reused when the list has changed: the row that left may have the focus', () => {
  const first = assignSlots(noSlots, plan, ['a', 'b']);
  const second = assignSlots(first, {}, ['b', 'c']);
  expect(second.slots.get('b')).toBe(first.slots.get('b'));
  expect([...first.slots.values()]).not.toContain(second.slots.get('c'));
});

test('however a list is scrolled, no two rows share a slot and no element moves within the page', () => {
  const view = fc.record({ first: fc.nat(300), count: fc.integer({ min: 1, max: 30 }), kept: fc.nat(300) });
  fc.assert(
    fc.property(fc.array(view, { minLength: 1, maxLength: 12 }), (views) => {
      let now = noSlots;
      for (const { first, count, kept } of views) {
        const indexes = new Set([kept, ...Array.from({ length: count }, (_, at) => first + at)]);
        const keys = [...indexes].toSorted((a, b) => a - b).map((index) => `row ${index}`);
        const before = [...now.slots.values()];
        now = assignSlots(now, plan, keys);
        expect([...now.slots.keys()]).toEqual(keys);
        expect(new Set(now.slots.values()).size).toBe(keys.length);
        const positions = [...now.slots.values()].map((slot) => before.indexOf(slot)).filter((at) => at >= 0);
        expect(positions).toEqual(positions.toSorted((a, b) => a - b));
      }
    }),
  );
});
