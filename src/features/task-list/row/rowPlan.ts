import type { ListingSection } from '../../../domain/listing/listing.ts';
import type { SectionKey } from '../../../domain/listing/sections.ts';
import type { Task } from '../../../domain/task/task.ts';

/** Heights in px of a task row and of a section header. */
export type RowSizes = { row: number; head: number };

/** A completed task held in place for a moment, so that it can be undone (docs/design.md#space-shape-and-motion). */
export type CompletingTask = {
  task: Task;
  section: SectionKey;
  /** The index of its section, and its index within it. */
  sectionIndex: number;
  index: number;
  /** It takes no height any more. */
  isCollapsing: boolean;
};

/** One section as drawn. Its rows start at row number `first`, with its header where it has one. */
export type SectionBlock = {
  key: SectionKey;
  /** The number of tasks without held ones. */
  count: number;
  hasHead: boolean;
  isClosable: boolean;
  isClosed: boolean;
  /** Empty while the section is closed. */
  tasks: readonly Task[];
  first: number;
  /** Distance in px from the top of the grid, and height. */
  top: number;
  height: number;
};

/** The list as numbered rows, without an array of them: 10,000 tasks cost as much as ten. */
export type RowPlan = {
  blocks: readonly SectionBlock[];
  sizes: RowSizes;
  count: number;
  height: number;
  collapsed: ReadonlySet<Task>;
  /** The stable key of a task: the same before and after the server assigns its id. */
  nameOf: (id: string) => string;
};

export type PlannedRow =
  { kind: 'head'; block: SectionBlock } | { kind: 'task'; block: SectionBlock; task: Task; index: number };

export const emptyPlan: RowPlan = {
  blocks: [],
  sizes: { row: 40, head: 38 },
  count: 0,
  height: 0,
  collapsed: new Set(),
  nameOf: (id) => id,
};

export type ClosableSection = {
  section: SectionKey;
  isClosed: boolean;
  /** Its number of tasks, where the list has not all of them yet. */
  count?: number;
};

type PlanInput = {
  sections: readonly ListingSection[];
  held: readonly CompletingTask[];
  /** The sections that open and close. */
  closable?: readonly ClosableSection[];
  sizes: RowSizes;
  nameOf?: RowPlan['nameOf'];
};

/** A lone section without a name needs no head. */
function needsHead(section: ListingSection): boolean {
  return section.key !== 'open';
}

/** Lays out sections as rows. Costs the number of sections, plus one pass over those with a held task. */
export function planRows({ sections, held, closable = [], sizes, nameOf = emptyPlan.nameOf }: PlanInput): RowPlan {
  const blocks: SectionBlock[] = [];
  const collapsed = new Set<Task>();
  for (const one of held) if (one.isCollapsing) collapsed.add(one.task);
  let first = 0;
  let top = 0;
  for (const { section, count: counted } of withHeld(sections, held)) {
    const hasHead = needsHead(section);
    const fold = closable.find((one) => one.section === section.key);
    const isClosable = fold !== undefined;
    const isClosed = isClosable && fold.isClosed;
    const count = fold?.count ?? counted;
    const tasks = isClosed ? [] : section.tasks;
    const collapsedCount =
      collapsed.size === 0 ? 0 : held.filter((one) => one.isCollapsing && tasks.includes(one.task)).length;
    const height = (hasHead ? sizes.head : 0) + (tasks.length - collapsedCount) * sizes.row;
    blocks.push({ key: section.key, count, hasHead, isClosable, isClosed, tasks, first, top, height });
    first += tasks.length + (hasHead ? 1 : 0);
    top += height;
  }
  return { blocks, sizes, count: first, height: top, collapsed, nameOf };
}

type Counted = { section: ListingSection; count: number };

/** Puts held tasks in their old places only; their new places show them after the transition. */
function withHeld(sections: readonly ListingSection[], held: readonly CompletingTask[]): Counted[] {
  const counted = sections.map((section) => ({ section, count: section.tasks.length }));
  if (held.length === 0) return counted;
  const ids = new Set(held.map((one) => one.task.id));
  const kept: Counted[] = counted.map(({ section, count }) =>
    section.tasks.some((task) => ids.has(task.id))
      ? { section: { ...section, tasks: section.tasks.filter((task) => !ids.has(task.id)) }, count }
      : { section, count },
  );
  for (const one of held.toSorted((a, b) => a.index - b.index)) {
    const at = kept.findIndex(({ section }) => section.key === one.section);
    const found = kept[at];
    if (found === undefined) {
      kept.splice(Math.min(one.sectionIndex, kept.length), 0, {
        section: { key: one.section, tasks: [one.task] },
        count: 0,
      });
    } else {
      const tasks = found.section.tasks.toSpliced(Math.min(one.index, found.section.tasks.length), 0, one.task);
      kept[at] = { section: { ...found.section, tasks }, count: found.count };
    }
  }
  return kept;
}

function blockAt(plan: RowPlan, index: number): SectionBlock | undefined {
  return plan.blocks.findLast((block) => block.first <= index);
}

/** The row with this number, counted from 0 with heads; undefined past either end. */
export function rowAt(plan: RowPlan, index: number): PlannedRow | undefined {
  if (index < 0 || index >= plan.count) return undefined;
  const block = blockAt(plan, index);
  if (block === undefined) return undefined;
  const at = index - block.first - (block.hasHead ? 1 : 0);
  if (at < 0) return { kind: 'head', block };
  const task = block.tasks[at];
  return task === undefined ? undefined : { kind: 'task', block, task, index: at };
}

/** The key of a row for React, the DOM and focus: a task's stable key, or a header's section. */
export function rowKeyOf(plan: RowPlan, row: PlannedRow): string {
  return row.kind === 'task' ? plan.nameOf(row.task.id) : headKey(row.block.key);
}

export function headKey(section: SectionKey): string {
  return `#${section}`;
}

/** Results of `indexOfKey` for a plan: every render asks again for the same few keys. */
const knownIndexes = new WeakMap<RowPlan, Map<string, number>>();

/** Where keys were found last, at most `maxHints`: a change moves a row by a few places. */
const hints = new Map<string, number>();
const maxHints = 100;

/** The number of the row with this key, or -1. Costs the distance to where the key was found last. */
export function indexOfKey(plan: RowPlan, key: string): number {
  let known = knownIndexes.get(plan);
  if (known === undefined) knownIndexes.set(plan, (known = new Map<string, number>()));
  let index = known.get(key);
  if (index === undefined) {
    index = findNear(plan, key, hints.get(key) ?? 0);
    known.set(key, index);
    if (index >= 0) remember(key, index);
  }
  return index;
}

function remember(key: string, index: number): void {
  hints.delete(key);
  hints.set(key, index);
  const [oldest] = hints.keys();
  if (hints.size > maxHints && oldest !== undefined) hints.delete(oldest);
}

/** Searches outwards from a row number. */
function findNear(plan: RowPlan, key: string, start: number): number {
  const isThere = (index: number) => {
    const row = rowAt(plan, index);
    return row !== undefined && rowKeyOf(plan, row) === key;
  };
  const from = Math.min(start, Math.max(0, plan.count - 1));
  for (let distance = 0; distance < plan.count; distance += 1) {
    if (isThere(from + distance)) return from + distance;
    if (distance > 0 && isThere(from - distance)) return from - distance;
  }
  return -1;
}

/** Height in px of a row. Called for every drawn row, so it stays cheap. */
export function rowHeightOf(plan: RowPlan, index: number): number {
  const block = blockAt(plan, index);
  if (block?.hasHead === true && block.first === index) return plan.sizes.head;
  if (plan.collapsed.size === 0) return plan.sizes.row;
  const row = rowAt(plan, index);
  return row?.kind === 'task' && plan.collapsed.has(row.task) ? 0 : plan.sizes.row;
}

/** The number of the row at `y` px from the top of the grid, as if no row were collapsing; clamped to both ends. */
export function rowIndexAt(plan: RowPlan, y: number): number {
  const block = plan.blocks.findLast(({ top }) => top <= y) ?? plan.blocks[0];
  if (block === undefined) return 0;
  const head = block.hasHead ? 1 : 0;
  const below = y - block.top - head * plan.sizes.head;
  if (below < 0) return block.first;
  const at = plan.sizes.row === 0 ? 0 : Math.floor(below / plan.sizes.row);
  return block.first + Math.max(0, Math.min(head + at, head + block.tasks.length - 1));
}

/** Distance in px of a task's row from the top of its section. */
export function rowTopInBlock(plan: RowPlan, block: SectionBlock, index: number): number {
  let top = (block.hasHead ? plan.sizes.head : 0) + index * plan.sizes.row;
  if (plan.collapsed.size > 0) {
    for (let before = 0; before < index; before++) {
      const task = block.tasks[before];
      if (task !== undefined && plan.collapsed.has(task)) top -= plan.sizes.row;
    }
  }
  return top;
}

/** Distance in px of a row from the top of the grid. */
export function rowTopOf(plan: RowPlan, index: number): number {
  const row = rowAt(plan, index);
  if (row === undefined) return plan.height;
  return row.block.top + (row.kind === 'head' ? 0 : rowTopInBlock(plan, row.block, row.index));
}
