import type { Locator } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { accessibilityViolations } from '../support/accessibility.ts';

const inWindow = 'every part ends inside the window';

test('very long names do not break the layout', async ({ app }) => {
  const { page, sidebar, list, editor, toast } = app;
  const word = 'W'.repeat(255);
  await sidebar.open('Tasks');
  await sidebar.item('My Tasks').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'New folder in My Tasks' }).click();
  await page.getByRole('textbox', { name: 'Name of the new folder' }).fill(word);
  await page.keyboard.press('Enter');
  // The folder it was moved from is empty, too.
  await expect(list.title).toHaveText(word);
  const empty = list.main.getByRole('heading', { level: 2, name: 'Nothing in' });
  await expect(empty).toBeVisible();
  const widthOf = async (part: Locator) => (await part.boundingBox())?.width ?? NaN;
  await expect.poll(async () => (await widthOf(empty)) <= (await widthOf(list.main)), inWindow).toBe(true);

  const subject = 'word '.repeat(51).trim();
  await list.add(subject);
  await list.open('word');
  await editor.subject.fill('');
  await editor.subject.blur();
  const problem = editor.pane.getByText('A task needs a subject.');
  await expect(problem).toContainText('stays until it has one.');
  expect((await problem.boundingBox())?.height).toBeLessThan(120);
  await editor.subject.fill(subject);
  await list.delete('word');
  await expect(toast).toContainText('Deleted “word word');
  expect((await toast.getByText('Deleted').boundingBox())?.height).toBeLessThan(120);
});

test('an emptied subject keeps the focus until it has text', async ({ app }) => {
  const { page, sidebar, list, editor } = app;
  await sidebar.open('Tasks');
  await list.add('Call the plumber');
  await list.open('Call the plumber');
  await editor.subject.fill('');
  await editor.subject.press('Enter');
  await expect(editor.subject).toBeFocused();
  await page.keyboard.type('Call the electrician');
  await page.keyboard.press('Enter');
  await expect(editor.subject).not.toBeFocused();
  await expect(list.row('Call the electrician')).toBeVisible();
});

test('right-to-left text keeps its direction and aligns with other subjects', async ({ app }) => {
  const { page, sidebar, list, editor } = app;
  await sidebar.open('Tasks');
  await list.add('Buy bread', 'شراء الخبز.');
  const bread = list.grid.getByText('Buy bread', { exact: true });
  const arabic = list.grid.getByText('شراء الخبز.', { exact: true });
  await expect(arabic).toHaveCSS('direction', 'rtl');
  const startOf = (words: Locator) =>
    words.evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return range.getBoundingClientRect().left;
    });
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await expect(bread).toBeVisible();
    expect(await startOf(arabic), `${width} px wide`).toBe(await startOf(bread));
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await list.open('شراء');
  await expect(editor.subject).toHaveCSS('direction', 'rtl');
});

test('markup in a subject is text', async ({ app }) => {
  const { sidebar, list } = app;
  await sidebar.open('Tasks');
  const subject = '<img src=x onerror=alert(1)> & <b>bold</b>';
  await list.add(subject);
  await expect(list.grid.getByText(subject, { exact: true })).toBeVisible();
});

test('a folder name in use stays in the field, with the reason', async ({ app }) => {
  const { page, sidebar } = app;
  await sidebar.item('My Tasks').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'New folder in My Tasks' }).click();
  const field = page.getByRole('textbox', { name: 'Name of the new folder' });
  await field.fill(' TASKS ');
  await page.keyboard.press('Enter');
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleDescription(/There is already a folder named “TASKS”/);
  await field.fill('Errands');
  await page.keyboard.press('Enter');
  await expect(sidebar.item('Errands')).toBeVisible();
});

test.describe('the smallest phone', () => {
  test.use({ viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true });

  test('every choice in the task editor is visible, also with large text', async ({ app }) => {
    const { page, list, editor } = app;
    await list.add('Buy bread');
    await list.row('Buy bread').tap();
    for (const size of ['100%', '200%']) {
      await page.evaluate((fontSize) => void (document.documentElement.style.fontSize = fontSize), size);
      const choices = editor.pane.getByRole('radiogroup', { name: 'Importance' });
      await choices.scrollIntoViewIfNeeded();
      const box = await choices.boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 999), `at ${size}: ${inWindow}`).toBeLessThanOrEqual(320);
    }
  });

  test('the calendar sheet has no accessibility violation', async ({ app }) => {
    const { page, list, editor } = app;
    await list.add('Buy bread');
    await list.row('Buy bread').tap();
    await editor.pane.getByRole('button', { name: /^Due/ }).tap();
    await expect(page.getByRole('dialog', { name: 'Due' })).toBeVisible();
    await expect(page.getByRole('grid', { name: /\d{4}/ })).toBeVisible();
    expect(await accessibilityViolations(page)).toEqual([]);
  });
});
