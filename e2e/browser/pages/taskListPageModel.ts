import { expect, type Page } from '@playwright/test';

/** The list in the middle: one folder or a smart view. */
export function taskListPageModel(page: Page) {
  const main = page.getByRole('main');
  const grid = main.getByRole('grid');
  const row = (subject: string) => grid.getByRole('row', { name: new RegExp(`^${escapeRegExp(subject)}`) });
  const quickAdd = main.getByRole('textbox', { name: /add a task/i });
  return {
    main,
    grid,
    row,
    quickAdd,
    title: main.getByRole('heading', { level: 1 }),
    async add(...subjects: string[]) {
      for (const subject of subjects) {
        await quickAdd.fill(subject);
        await quickAdd.press('Enter');
        // The line stays until the parser has loaded; filling the field again would replace it.
        await expect(quickAdd).not.toHaveValue(`${subject}\n`);
      }
    },
    async open(subject: string) {
      await row(subject).click();
    },
    async complete(subject: string) {
      await row(subject)
        .getByRole('button', { name: /Complete “/ })
        .click();
    },
    async showCompleted() {
      const section = grid.getByRole('button', { name: /^Completed(?!\.)/ });
      await section.waitFor();
      if ((await section.getAttribute('aria-expanded')) !== 'true') await section.click();
    },
    async delete(subject: string) {
      await row(subject).press('Delete');
    },
  };
}

export const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
