import { useSyncExternalStore } from 'react';
import type { Mailbox } from '../../domain/task/task.ts';
import type { CategoryIndex } from '../../sync/categories/categoryStore.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';

export type { CategoryIndex, CategoryDisplay } from '../../sync/categories/categoryStore.ts';

/** The categories of the account, as tasks of this mailbox show them. */
export function useCategories(mailbox: Mailbox = 'me'): CategoryIndex {
  const { categories } = useSyncEngine();
  const source = mailbox === 'me' ? categories.own : categories.others;
  return useSyncExternalStore(source.subscribe, source.current);
}

/** False where a server stores no colours: tasks only have names. */
export function useCanColour(): boolean {
  return useDeps().extras !== null;
}
