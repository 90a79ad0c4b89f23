import type { Page } from '@playwright/test';
import { escapeRegExp } from './taskListPageModel.ts';

/** Groups and folders on the left, or on the phone's Folders page. */
export function sidebarPageModel(page: Page) {
  const tree = page.getByRole('tree', { name: 'Folders' });
  const item = (name: string) => tree.getByRole('treeitem', { name: new RegExp(`^${escapeRegExp(name)}(,|$)`) });
  const choose = (name: string) => page.getByRole('menuitem', { name, exact: true }).click();
  async function name(field: string, text: string) {
    await tree.getByRole('textbox', { name: field }).fill(text);
    await page.keyboard.press('Enter');
    await item(text).waitFor();
  }
  return {
    tree,
    item,
    view: (view: string) =>
      page.getByRole('list', { name: 'Views' }).getByRole('link', { name: new RegExp(`^${escapeRegExp(view)}`) }),
    async open(folder: string) {
      await item(folder).click();
      await page.getByRole('main').getByRole('heading', { level: 1, name: folder, exact: true }).waitFor();
    },
    async addGroup(text: string) {
      await page.getByRole('button', { name: 'Add folder or group' }).click();
      await choose('New group');
      await name('Name of the new group', text);
    },
    /** A new folder opens at once. */
    async addFolder(text: string, group: string) {
      await item(group).click({ button: 'right' });
      await choose(`New folder in ${group}`);
      await name('Name of the new folder', text);
      await page.getByRole('main').getByRole('heading', { level: 1, name: text, exact: true }).waitFor();
    },
    /** Up to the confirmation. */
    async startDelete(of: string) {
      await item(of).click({ button: 'right' });
      await page.getByRole('menuitem', { name: /^Delete (folder|group)$/ }).click();
    },
    async rename(from: string, to: string) {
      await item(from).click({ button: 'right' });
      await choose('Rename');
      await name(`New name for ${from}`, to);
    },
  };
}
