import { ApiError } from '../../api/apiError.ts';
import type { ExtrasApi } from '../../api/extras/extrasApi.ts';
import { categoryKey, isCategoryColour, defaultCategoryColour } from '../../domain/task/category.ts';
import type { Category, CategoryColour } from '../../domain/task/category.ts';
import { isCategoryChange, overlayCategories } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { createObservable } from '../../domain/async/observable.ts';
import type { Observable } from '../../domain/async/observable.ts';

const textKey = 'categories';

/** How one name that a task carries is shown. */
export type CategoryDisplay = { storedName: string; name: string; colour: CategoryColour };

/** The same object until something in it changes. */
export type CategoryIndex = {
  /** In order of name. */
  all: readonly Category[];
  /** A name that is being renamed shows the new one at once, one that is being deleted not at all. */
  display: (names: readonly string[]) => readonly CategoryDisplay[];
};

export type CategoryStore = {
  own: Observable<CategoryIndex>;
  /** For tasks of others: one's own colours, their names as they are. */
  others: Observable<CategoryIndex>;
  /** Asks the server. Never fails for what the server does. */
  load: () => Promise<void>;
  applyResult: (effect: ServerResult) => void;
  start: () => () => void;
};

/**
 * The account's categories (docs/decisions/0033-notes-checklists-categories.md): the server's last answer, stored on
 * this device, with unsent changes applied.
 */
export function createCategoryStore(extras: ExtrasApi | null, outbox: Outbox): CategoryStore {
  let stored = readStored(outbox.preferences.get(textKey));
  /** What was sent since the start: rows on this device may not have heard of it yet. */
  let done: readonly Change[] = [];
  const changes = () => outbox.ops().flatMap(({ change }) => (isCategoryChange(change) ? [change] : []));
  let shown = changes();
  const own = createObservable(bookOf(stored, shown, shown));
  const others = createObservable(bookOf(stored, shown, []));

  function show() {
    own.set(bookOf(stored, shown, [...done, ...shown]));
    others.set(bookOf(stored, shown, []));
  }
  function keep(next: readonly Category[]) {
    stored = next;
    outbox.preferences.set(textKey, JSON.stringify(next));
  }
  return {
    own,
    others,
    async load() {
      if (extras === null) return;
      try {
        const all = await extras.categories.list();
        if (JSON.stringify(all) === JSON.stringify(stored)) return;
        keep(all);
        show();
      } catch (error) {
        // Not worth holding up the tasks: what this device kept serves until the next round asks again.
        if (!(error instanceof ApiError)) throw error;
      }
    },
    applyResult({ change, ids }) {
      if (!isCategoryChange(change)) return;
      const id = ids.find(([local]) => local === change.id)?.[1] ?? change.id;
      done = [...done, change];
      keep(overlayCategories(stored, [{ ...change, id }]));
      show();
    },
    start: () =>
      outbox.subscribe(() => {
        const next = changes();
        if (next.length === shown.length && next.every((change, at) => change === shown[at])) return;
        shown = next;
        show();
      }),
  };
}

/** As a person looks for a name: 2 before 10, ä beside a. */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function bookOf(stored: readonly Category[], pending: readonly Change[], renaming: readonly Change[]): CategoryIndex {
  const all = overlayCategories(stored, pending).toSorted((a, b) => collator.compare(a.name, b.name));
  const colours = new Map(all.map(({ name, colour }) => [categoryKey(name), colour]));
  const names = aliasesOf(renaming);
  return {
    all,
    display: (storedNames) =>
      storedNames.flatMap((one) => {
        const name = names.has(categoryKey(one)) ? names.get(categoryKey(one)) : one;
        if (name === undefined || name === null) return [];
        return [{ storedName: one, name, colour: colours.get(categoryKey(name)) ?? defaultCategoryColour }];
      }),
  };
}

/** What a name that a task carries is called now; null for one that is deleted. */
function aliasesOf(changes: readonly Change[]): ReadonlyMap<string, string | null> {
  const names = new Map<string, string | null>();
  for (const change of changes) {
    if (change.kind === 'createCategory') names.delete(categoryKey(change.name));
    const renamed = change.kind === 'updateCategory' && change.name !== change.was;
    if (!renamed && change.kind !== 'deleteCategory') continue;
    const [was, now] = renamed ? [change.was, change.name] : [change.name, null];
    for (const [key, name] of names) if (name !== null && categoryKey(name) === categoryKey(was)) names.set(key, now);
    names.set(categoryKey(was), now);
    if (now !== null) names.delete(categoryKey(now));
    if (now !== null && categoryKey(now) === categoryKey(was)) names.set(categoryKey(was), now);
  }
  return names;
}

function readStored(text: string | undefined): readonly Category[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(list) ? list.filter(isCategory) : [];
  } catch {
    // Text of another making is as good as none: the server has the list.
    return [];
  }
}

function isCategory(value: unknown): value is Category {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'name' in value &&
    typeof value.name === 'string' &&
    'colour' in value &&
    isCategoryColour(value.colour)
  );
}
