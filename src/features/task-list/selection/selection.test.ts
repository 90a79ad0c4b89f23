import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blankTask } from '../../../domain/changes/taskPatch.ts';
import { planRows } from '../row/rowPlan.ts';
import type { RowPlan } from '../row/rowPlan.ts';
import { selectAllRows, extendSelection, emptySelection, listedSelection, toggleRow } from './selection.ts';

const tasks = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) =>
    blankTask({ id: `t${from + at}`, folderId: 'f', owner: null, now: '2026-03-18T09:00:00.000Z' }),
  );
/** Rows: head, t0 … t3, head, t4 … t7, and Completed, which is closed over t8 and t9. */
const plan: RowPlan = planRows({
  sections: [
    { key: 'today', tasks: tasks(0, 4) },
    { key: 'later', tasks: tasks(4, 8) },
    { key: 'completed', tasks: tasks(8, 10) },
  ],
  held: [],
  closable: [{ section: 'completed', isClosed: true }],
  sizes: { row: 40, head: 38 },
});
const rowOf = (number: number) => (number < 4 ? number + 1 : number + 2);
const always = () => true;
const selectedNames = (selection: { names: ReadonlySet<string> }) => [...selection.names].toSorted();

describe('selecting rows', () => {
  it('adds a row, and removes it', () => {
    const one = toggleRow(toggleRow(emptySelection, 't1', always), 't5', always);
    expect(selectedNames(one)).toEqual(['t1', 't5']);
    expect(selectedNames(toggleRow(one, 't1', always))).toEqual(['t5']);
  });

  it('drops rows that left the list', () => {
    const one = toggleRow(emptySelection, 't1', always);
    expect(selectedNames(toggleRow(one, 't2', (name) => name !== 't1'))).toEqual(['t2']);
  });

  it('ticks exactly the rows that commands act on, also while some have left the list', () => {
    const [first, second] = tasks(1, 3);
    const three = ['t1', 't2', 'gone'].reduce((so, name) => toggleRow(so, name, always), emptySelection);
    const byName = new Map([first, second].map((task) => [task?.id, task]));
    const listed = listedSelection(three, (name) => byName.get(name));
    expect(listed).toEqual({ names: new Set(['t1', 't2']), tasks: [first, second] });
    expect(listedSelection(three, () => undefined)).toEqual({ names: new Set(), tasks: [] });
    // Nothing is drawn again where all are there.
    expect(listedSelection(three, () => first).names).toBe(three.names);
  });

  it('extends across section headers, in both directions', () => {
    const from = toggleRow(emptySelection, 't3', always);
    expect(selectedNames(extendSelection(plan, from, -1, rowOf(5)))).toEqual(['t3', 't4', 't5']);
    expect(selectedNames(extendSelection(plan, from, -1, rowOf(1)))).toEqual(['t1', 't2', 't3']);
  });

  it('starts a range at the focus when no row is selected', () => {
    expect(selectedNames(extendSelection(plan, emptySelection, rowOf(1), rowOf(2)))).toEqual(['t1', 't2']);
  });

  it('keeps what was selected when the row that a range started at has left the list', () => {
    const before = toggleRow(toggleRow(emptySelection, 't1', always), 'gone', always);
    const wide = extendSelection(plan, before, rowOf(4), rowOf(5));
    expect(selectedNames(wide)).toEqual(['gone', 't1', 't4', 't5']);
    expect(wide.anchor).toBe('t4');
    expect(selectedNames(extendSelection(plan, wide, -1, rowOf(4)))).toEqual(['gone', 't1', 't4']);
    // So does what a range has added since.
    const range = extendSelection(plan, toggleRow(emptySelection, 't1', always), -1, rowOf(3));
    const next = extendSelection(plan, { ...range, anchor: 'gone' }, rowOf(5), rowOf(6));
    expect(selectedNames(next)).toEqual(['t1', 't2', 't3', 't5', 't6']);
  });

  it('shrinks with the range, and keeps rows selected before it', () => {
    const before = toggleRow(toggleRow(emptySelection, 't7', always), 't1', always);
    const wide = extendSelection(plan, before, -1, rowOf(5));
    expect(selectedNames(extendSelection(plan, wide, -1, rowOf(2)))).toEqual(['t1', 't2', 't7']);
  });

  it('selects every visible row, and none of a closed section', () => {
    expect(selectedNames(selectAllRows(plan))).toEqual(tasks(0, 8).map(({ id }) => id));
  });

  it('makes a range of the rows between its anchor and its end, whatever rows it passed through', () => {
    const row = fc.integer({ min: 0, max: 7 });
    fc.assert(
      fc.property(row, fc.array(row, { maxLength: 12 }), (anchor, way) => {
        let selection = toggleRow(emptySelection, `t${anchor}`, always);
        for (const to of way) selection = extendSelection(plan, selection, -1, rowOf(to));
        const last = way.at(-1) ?? anchor;
        const between = tasks(Math.min(anchor, last), Math.max(anchor, last) + 1).map(({ id }) => id);
        expect(selectedNames(selection)).toEqual(between);
      }),
    );
  });
});
