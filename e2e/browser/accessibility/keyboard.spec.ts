import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { appPageModel } from '../pages/appPageModel.ts';
import type { AppPageModel } from '../pages/appPageModel.ts';

/** Each key after the one before it has arrived. */
async function press(page: Page, ...keys: string[]) {
  for (const key of keys) await page.keyboard.press(key);
}

/** The picker that a key opened takes the words and Enter. */
async function pick(page: Page, key: string, words: string) {
  await press(page, key);
  await expect(page.getByRole('dialog').locator('input:focus')).toBeVisible();
  await page.keyboard.type(words);
  await press(page, 'Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Two tasks in the default folder; the focus is on the one named. */
async function openTasks({ sidebar, list }: AppPageModel, focused: 'First' | 'Second') {
  await sidebar.open('Tasks');
  await list.add('First', 'Second');
  await expect(list.row('Second')).toBeVisible();
  await list.row(focused).focus();
}

test('Tab reaches the skip link first, and Enter on it moves the focus to the tasks', async ({ page, person }) => {
  const app = appPageModel(page);
  await app.signIn(person, '/today');
  await expect(app.list.title).toHaveText('Today');
  await press(page, 'Tab');
  await expect(page.getByRole('button', { name: 'Skip to tasks' })).toBeFocused();
  await press(page, 'Enter');
  await expect(page.getByRole('main').locator(':focus').or(page.locator('main:focus'))).toBeVisible();
});

test('letters typed in the folder tree before it has loaded select a folder afterwards', async ({ page, person }) => {
  const app = appPageModel(page);
  const { sidebar, list } = app;
  let releaseFolders = () => {};
  const foldersMayCome = new Promise<void>((resolve) => (releaseFolders = resolve));
  await page.route(/\/taskfolders(\?|$)/i, async (route) => {
    await foldersMayCome;
    await route.continue();
  });
  await app.signIn(person, '/today');
  await expect(list.title).toHaveText('Today');
  await press(page, 'g', 'f');
  await expect(sidebar.tree).toBeFocused();
  await page.keyboard.type('Tasks');
  await press(page, 'Enter');
  await expect(sidebar.tree.getByRole('treeitem')).toHaveCount(0);
  releaseFolders();
  await expect(list.title).toHaveText('Tasks');
  await expect(sidebar.item('Tasks')).toBeFocused();
});

test('N opens the quick-add field, which adds several tasks in a row', async ({ app }) => {
  const { page, sidebar, list } = app;
  await sidebar.open('Tasks');
  await press(page, 'n');
  await expect(list.quickAdd).toBeFocused();
  for (const subject of ['First', 'Second']) {
    await page.keyboard.type(subject);
    await press(page, 'Enter');
  }
  await expect(list.row('First')).toBeVisible();
  await expect(list.row('Second')).toBeVisible();
});

test('Space completes and reopens a task, and H shows the completed ones', async ({ app }) => {
  const { page, list } = app;
  await openTasks(app, 'First');
  await press(page, 'Space');
  await expect(list.row('First')).toBeHidden();
  await press(page, 'h');
  await expect(list.row('First')).toHaveAccessibleName('First, completed');
  await list.row('First').focus();
  await press(page, 'Space');
  await expect(list.row('First')).toHaveAccessibleName('First');
});

test('Enter opens a task on its title, I changes its importance, Escape returns to its row', async ({ app }) => {
  const { page, list, editor } = app;
  await openTasks(app, 'Second');
  await press(page, 'Enter');
  await expect(editor.subject).toBeFocused();
  await press(page, 'Enter');
  await expect(editor.pane.getByRole('button', { name: 'Complete', exact: true })).toBeFocused();
  await pick(page, 'i', 'high');
  await expect(editor.importance('High')).toBeChecked();
  await press(page, 'Shift+F6');
  await expect(list.row('Second')).toBeFocused();
  await press(page, 'F6', 'Escape');
  await expect(editor.pane).toBeHidden();
  await expect(list.row('Second')).toBeFocused();
  await expect(list.row('Second')).toHaveAccessibleName('Second, high importance');
});

test('Delete moves the focus to the next row, then to the empty list; Control+Z restores task and focus', async ({
  app,
}) => {
  const { page, list, toast } = app;
  await openTasks(app, 'First');
  await press(page, 'Delete');
  await expect(toast.getByRole('button', { name: 'Undo' })).toBeVisible();
  await expect(list.row('Second')).toBeFocused();
  await press(page, 'Delete');
  await expect(page.getByRole('main')).toBeFocused();
  await press(page, 'Control+z');
  await expect(list.row('Second')).toBeFocused();
});

test('Control+Z takes back what was done to a task, edits of its fields included, the newest first', async ({
  app,
}) => {
  const { page, list, editor } = app;
  await openTasks(app, 'Second');
  await press(page, 'Enter');
  await expect(editor.subject).toBeFocused();
  await press(page, 'Enter');
  await pick(page, 'i', 'high');
  await expect(editor.importance('High')).toBeChecked();
  await press(page, 'Escape');
  await expect(list.row('Second')).toBeFocused();
  await app.allSent();
  await press(page, 'Space');
  await expect(list.row('Second')).toBeHidden();
  await press(page, 'Control+z');
  await expect(list.row('Second')).toHaveAccessibleName('Second, high importance');
  await press(page, 'Control+z');
  await expect(list.row('Second')).toHaveAccessibleName('Second');
});

test('G and a letter open the views, and [ toggles the sidebar', async ({ app }) => {
  const { page, sidebar, list } = app;
  await press(page, 'g', 'u');
  await expect(list.title).toHaveText('Upcoming');
  await press(page, 'g', 'w');
  await expect(page).toHaveURL(/\/waiting$/);
  await press(page, 'g', 't');
  await expect(list.title).toHaveText('Today');
  await press(page, '[');
  await expect(sidebar.tree).toBeHidden();
  await press(page, '[');
  await expect(sidebar.tree).toBeVisible();
});

test('F6 moves between the panes, and the arrow keys resize them', async ({ app }) => {
  const { page, sidebar, list, editor } = app;
  await sidebar.open('Tasks');
  await list.add('One');
  await list.open('One');
  await expect(editor.pane).toBeVisible();
  const pane = () => page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane'));
  const seen = new Set<string | null | undefined>();
  for (let step = 0; step < 3; step++) {
    await page.keyboard.press('F6');
    seen.add(await pane());
  }
  expect(seen).toEqual(new Set(['sidebar', 'list', 'editor']));

  const edge = page.getByRole('separator', { name: 'Width of the folders' });
  await edge.focus();
  await page.keyboard.press('ArrowRight');
  await expect(edge).toHaveAttribute('aria-valuenow', '272');
  await page.reload();
  await expect(edge).toHaveAttribute('aria-valuenow', '272');
  await edge.dblclick();
  await expect(edge).toHaveAttribute('aria-valuenow', '256');
});

test('Escape leaves the quick-add field, D opens the due date, and a protected folder explains why it stays', async ({
  app,
}) => {
  const { page, sidebar, list, toast } = app;
  await sidebar.open('Tasks');
  await list.add('First', 'Second');
  await page.keyboard.press('Escape');
  await expect(list.row('Second')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await pick(page, 'd', 'tomo');
  await expect(list.row('First')).toHaveAccessibleName(/due tomorrow/);

  await sidebar.item('Tasks').focus();
  for (const key of ['Delete', 'F2']) {
    await page.keyboard.press(key);
    await expect(toast).toContainText('“Tasks” is the mailbox’s own folder');
    await toast.getByRole('button', { name: /Close|Dismiss/ }).click();
    await expect(toast).not.toContainText('own folder');
    await sidebar.item('Tasks').focus();
  }
});

/** Presses keys and counts them; a word counts as its letters. */
function keyCounter(page: Page) {
  let count = 0;
  return {
    count: () => count,
    async press(...keys: string[]) {
      count += keys.length;
      await press(page, ...keys);
    },
    async pick(key: string, words: string) {
      count += 2 + words.length;
      await pick(page, key, words);
    },
  };
}

test('ten tasks are triaged in at most 40 keys, the first of them right after the load', async ({ app }) => {
  const { page, sidebar, list } = app;
  await sidebar.open('Tasks');
  const names = Array.from({ length: 10 }, (_, at) => `Task ${at}`);
  await list.add(...names);
  await app.allSent();
  await page.reload();
  await expect(list.grid.getByRole('row', { name: /^Task/ })).toHaveCount(10);

  const keys = keyCounter(page);
  // Six for tomorrow, as one selection; one is important, two are deleted, one is done.
  await keys.press('j', 'x', 'j', 'x', 'j', 'x', 'j', 'x', 'j', 'x', 'j', 'x');
  await expect(page.getByRole('toolbar', { name: 'Selected tasks' })).toContainText('6 selected');
  await keys.pick('d', 'tom');
  await expect(list.grid.getByRole('row', { name: /due tomorrow/ })).toHaveCount(6);
  await keys.press('Escape', 'End');
  await expect(list.grid.locator('[role=row]:focus')).toHaveAccessibleName(/^Task/);
  await keys.pick('i', 'high');
  await expect(list.grid.getByRole('row', { name: /high importance/ })).toHaveCount(1);
  for (const left of [9, 8]) {
    await keys.press('Delete');
    await expect(list.grid.getByRole('row', { name: /^Task/ })).toHaveCount(left);
  }
  await keys.press('Space');
  await expect(list.grid.getByRole('row', { name: /^Task/ })).toHaveCount(7);
  expect(keys.count()).toBeLessThanOrEqual(40);
});
