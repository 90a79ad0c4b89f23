import type { Page } from '@playwright/test';
import { escape } from './taskList.ts';

/** Groups and folders on the left. */
export function sidebarOn(page: Page) {
  const tree = page.getByRole('tree', { name: 'Folders' });
  const item = (name: string) => tree.getByRole('treeitem', { name: new RegExp(`^${escape(name)}(,|$)`) });
  return {
    tree,
    item,
    view: (name: string) => page.getByRole('navigation').getByRole('link', { name: new RegExp(`^${escape(name)}`) }),
  };
}
