import { categoryKey } from '../../../domain/task/category.ts';
import type { Category, CategoryColour } from '../../../domain/task/category.ts';

/** What an entry of the picker does: put a category on the task or take it off, or create one. */
export type CategoryOption =
  { kind: 'toggle'; name: string; colour: CategoryColour; isOn: boolean } | { kind: 'create'; name: string };

type Input = {
  /** Every category of the mailbox. */
  all: readonly Category[];
  /** The categories on the task, some of which the mailbox may not know. */
  chosen: readonly { name: string; colour: CategoryColour }[];
  /** Typed text; only categories that contain it are offered. */
  filter: string;
};

/** The options for the typed text: matching categories, and a new one when none has this name. */
export function categoryOptions({ all, chosen, filter }: Input): readonly CategoryOption[] {
  const known = new Map(all.map(({ name, colour }) => [categoryKey(name), { name, colour }]));
  for (const { name, colour } of chosen) {
    if (!known.has(categoryKey(name))) known.set(categoryKey(name), { name, colour });
  }
  const on = new Set(chosen.map(({ name }) => categoryKey(name)));
  const name = filter.trim();
  const toggles = [...known]
    .filter(([key]) => key.includes(categoryKey(name)))
    .map(([key, category]) => ({ kind: 'toggle' as const, ...category, isOn: on.has(key) }));
  return name === '' || known.has(categoryKey(name)) ? toggles : [...toggles, { kind: 'create', name }];
}
