import { assert, integer, property, record, subarray, uniqueArray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ListingSection } from '../../../domain/listing/listing.ts';
import type { SectionKey } from '../../../domain/listing/sections.ts';
import { rowIndexAt, indexOfKey, rowKeyOf, planRows, rowAt, rowHeightOf, rowTopOf } from './rowPlan.ts';
import type { CompletingTask } from './rowPlan.ts';
import { sectionFixture, taskFixture } from '../fixtures/taskFixtures.ts';

const sizes = { row: 40, head: 38 };

function keysOf(sections: readonly ListingSection[], held: readonly CompletingTask[] = [], isClosed = false) {
  const plan = planRows({ sections, held, closable: [{ section: 'completed', isClosed }], sizes });
  return Array.from({ length: plan.count }, (_, index) => {
    const row = rowAt(plan, index);
    return row === undefined ? 'none' : rowKeyOf(plan, row);
  });
}

describe('planRows', () => {
  test('puts a header before the tasks of each section', () => {
    expect(keysOf([sectionFixture('overdue', 'a', 'b'), sectionFixture('today', 'c')])).toEqual([
      '#overdue',
      'a',
      'b',
      '#today',
      'c',
    ]);
  });

  test('counts what a closed section will have, where the list has not all of it yet', () => {
    const closable = [{ section: 'overdue', isClosed: true, count: 382 }] as const;
    const plan = planRows({
      sections: [sectionFixture('overdue', 'a'), sectionFixture('today', 'b')],
      held: [],
      closable,
      sizes,
    });
    expect(plan.blocks.map(({ count }) => count)).toEqual([382, 1]);
    expect(plan.count).toBe(3);
  });

  test('gives the unnamed section no header', () => {
    expect(keysOf([sectionFixture('open', 'a'), sectionFixture('completed', 'b')])).toEqual(['a', '#completed', 'b']);
  });

  test('keeps the header and the count of a closed section', () => {
    const sections = [sectionFixture('today', 'a'), sectionFixture('completed', 'b', 'c')];
    expect(keysOf(sections, [], true)).toEqual(['#today', 'a', '#completed']);
    expect(
      planRows({ sections, held: [], closable: [{ section: 'completed', isClosed: true }], sizes }).blocks[1]?.count,
    ).toBe(2);
  });

  test('computes the top of each row', () => {
    const plan = planRows({
      sections: [sectionFixture('overdue', 'a', 'b'), sectionFixture('today', 'c')],
      held: [],

      sizes,
    });
    expect([0, 1, 2, 3, 4].map((index) => rowTopOf(plan, index))).toEqual([0, 38, 78, 118, 156]);
    expect(plan.height).toBe(196);
  });
});

describe('held tasks', () => {
  const held: CompletingTask = {
    task: taskFixture('b'),
    section: 'today',
    sectionIndex: 0,
    index: 1,
    isCollapsing: false,
  };

  test('stay in place while the list has moved them', () => {
    const sections = [sectionFixture('today', 'a', 'c'), sectionFixture('completed', 'b')];
    expect(keysOf(sections, [held])).toEqual(['#today', 'a', 'b', 'c', '#completed']);
    const plan = planRows({ sections, held: [held], sizes });
    expect(plan.blocks.map((block) => block.count)).toEqual([2, 1]);
  });

  test('keep a section that has no other task', () => {
    expect(keysOf([sectionFixture('completed', 'b')], [{ ...held, index: 0 }])).toEqual(['#today', 'b', '#completed']);
  });

  test('appear once, also when the next occurrence is already listed', () => {
    expect(keysOf([sectionFixture('today', 'a'), sectionFixture('later', 'b')], [held])).toEqual([
      '#today',
      'a',
      'b',
      '#later',
    ]);
  });

  test('take no height while they collapse', () => {
    const plan = planRows({
      sections: [sectionFixture('today', 'a', 'c')],
      held: [{ ...held, isCollapsing: true }],

      sizes,
    });
    expect([0, 1, 2, 3].map((index) => rowHeightOf(plan, index))).toEqual([38, 40, 0, 40]);
    expect([0, 1, 2, 3].map((index) => rowTopOf(plan, index))).toEqual([0, 38, 78, 78]);
    expect(plan.height).toBe(118);
  });
});

const names: readonly SectionKey[] = ['overdue', 'today', 'tomorrow', 'later', 'noDate', 'completed'];
const anySections = record({
  keys: subarray([...names]),
  ids: uniqueArray(integer({ min: 0, max: 500 }), { maxLength: 60 }),
}).map(({ keys, ids }) =>
  keys.map((key, place) =>
    sectionFixture(key, ...ids.filter((id) => id % keys.length === place).map((id) => `t${id}`)),
  ),
);

describe('any list', () => {
  test('finds the rows that are left after a change, and no others', () => {
    assert(
      property(anySections, integer({ min: 0, max: 3 }), (sections, removed) => {
        const before = planRows({ sections, held: [], sizes });
        const keys = Array.from({ length: before.count }, (_, index) => rowAt(before, index)).flatMap((row) =>
          row?.kind === 'task' ? [rowKeyOf(before, row)] : [],
        );
        for (const key of keys) indexOfKey(before, key);
        const left = sections.map((section) => ({ ...section, tasks: section.tasks.slice(removed) }));
        const plan = planRows({ sections: left, held: [], sizes });
        const ids = new Set(left.flatMap(({ tasks }) => tasks.map(({ id }) => id)));
        return keys.every((key) => {
          const index = indexOfKey(plan, key);
          const row = rowAt(plan, index);
          return ids.has(key) ? row !== undefined && rowKeyOf(plan, row) === key : index === -1;
        });
      }),
    );
  });

  test('numbers its rows without gaps, finds each again by its key, and stacks them without gaps', () => {
    assert(
      property(anySections, (sections) => {
        const plan = planRows({ sections, held: [], sizes });
        let top = 0;
        for (let index = 0; index < plan.count; index++) {
          const row = rowAt(plan, index);
          if (row === undefined) return false;
          if (indexOfKey(plan, rowKeyOf(plan, row)) !== index || rowTopOf(plan, index) !== top) return false;
          if (rowIndexAt(plan, top) !== index || rowIndexAt(plan, top + rowHeightOf(plan, index) - 1) !== index)
            return false;
          top += rowHeightOf(plan, index);
        }
        return top === plan.height && rowAt(plan, plan.count) === undefined && rowAt(plan, -1) === undefined;
      }),
    );
  });
});
