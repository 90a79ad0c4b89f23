import type { Page } from '@playwright/test';
import { escapeRegExp } from './taskListPageModel.ts';

type Role = 'Can view' | 'Can edit';

/** The dialog that shares a folder. */
export function shareDialogPageModel(page: Page) {
  const dialog = page.getByRole('dialog', { name: /^Share “/ });
  const address = dialog.getByRole('textbox', { name: 'Invite by email address' });
  const person = (name: string) => dialog.getByRole('button', { name: new RegExp(`^${escapeRegExp(name)}: Can `) });
  return {
    dialog,
    address,
    people: dialog.getByRole('list', { name: 'People with access' }),
    person,
    async open() {
      await page
        .getByRole('main')
        .getByRole('button', { name: /^Share/ })
        .click();
      await dialog.waitFor();
    },
    async invite(who: string, role: Role = 'Can edit') {
      if (role !== 'Can edit') {
        await dialog.getByRole('button', { name: /Access$/ }).click();
        await page.getByRole('option', { name: role }).click();
      }
      await address.fill(who);
      await dialog.getByRole('button', { name: 'Share', exact: true }).click();
    },
    async setRole(name: string, role: Role) {
      await person(name).click();
      await page.getByRole('menuitemradio', { name: role }).click();
    },
    async remove(name: string) {
      await person(name).click();
      await page.getByRole('menuitem', { name: 'Remove access' }).click();
    },
    async close() {
      await dialog.getByRole('button', { name: /^Close/ }).click();
      await dialog.waitFor({ state: 'hidden' });
    },
  };
}
