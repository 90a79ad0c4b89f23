import { foldText } from '../text/foldText.ts';

/** Outlook's 25 colours for categories (Graph's outlookCategory.color), in the order of their numbers. */
export const categoryColours = [
  'preset0',
  'preset1',
  'preset2',
  'preset3',
  'preset4',
  'preset5',
  'preset6',
  'preset7',
  'preset8',
  'preset9',
  'preset10',
  'preset11',
  'preset12',
  'preset13',
  'preset14',
  'preset15',
  'preset16',
  'preset17',
  'preset18',
  'preset19',
  'preset20',
  'preset21',
  'preset22',
  'preset23',
  'preset24',
] as const;
export type CategoryColour = (typeof categoryColours)[number];

/** Gray, for a category without a known colour (docs/design.md#categories). */
export const defaultCategoryColour: CategoryColour = 'preset12';

/** A category of the account. Tasks refer to it by name only (docs/protocol.md#task). */
export type Category = { id: string; name: string; colour: CategoryColour };

export function isCategoryColour(text: unknown): text is CategoryColour {
  return categoryColours.some((colour) => colour === text);
}

/** The key by which two names are the same category: letter case is ignored. */
export function categoryKey(name: string): string {
  return foldText(name);
}

/** The category names of a task with one replaced, or removed for null; the same array when it is not among them. */
export function replaceCategoryName(names: readonly string[], name: string, by: string | null): readonly string[] {
  const key = categoryKey(name);
  if (!names.some((existing) => categoryKey(existing) === key)) return names;
  const seen = new Set<string>();
  return names.flatMap((existing) => {
    const next = categoryKey(existing) === key ? by : existing;
    if (next === null || seen.has(categoryKey(next))) return [];
    seen.add(categoryKey(next));
    return [next];
  });
}

/** The colour that the fewest categories use; plain ones before dark ones, Gray and Black last. */
export function nextCategoryColour(all: readonly Category[]): CategoryColour {
  const order = [7, 4, 1, 8, 5, 0, 3, 9, 6, 2, 10, 22, 19, 16, 23, 20, 15, 18, 24, 21, 17, 11] as const;
  const uses = (colour: CategoryColour) => all.filter((category) => category.colour === colour).length;
  return order.map((at) => categoryColours[at]).reduce((best, colour) => (uses(colour) < uses(best) ? colour : best));
}
