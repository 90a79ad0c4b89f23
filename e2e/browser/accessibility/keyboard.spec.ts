import { expect, test } from '../fixtures.ts';
import { appPageModel } from '../pages/appPageModel.ts';

test('a whole day without a pointer', async ({ page, person }) => {
  const app = appPageModel(page);
  const { sidebar, list, editor, toast } = app;
  const press = (...keys: string[]) =>
    keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve());

  let letFoldersCome = () => {};
  const foldersMayCome = new Promise<void>((resolve) => (letFoldersCome = resolve));
  await page.route(/\/taskfolders(\?|$)/i, async (route) => {
    await foldersMayCome;
    await route.continue();
  });
  await app.signIn(person, '/today');
  await expect(list.title).toHaveText('Today');
  await press('Tab');
  await expect(page.getByRole('button', { name: 'Skip to tasks' })).toBeFocused();
  await press('Enter');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);

  // The day begins before the folders have come: the tree takes the focus and the letters, and gives them to its rows.
  await press('g', 'f');
  await expect(sidebar.tree).toBeFocused();
  await page.keyboard.type('Tasks');
  await press('Enter');
  await expect(sidebar.tree.getByRole('treeitem')).toHaveCount(0);
  letFoldersCome();
  await expect(list.title).toHaveText('Tasks');
  await expect(sidebar.item('Tasks')).toBeFocused();

  await press('n');
  await expect(list.quickAdd).toBeFocused();
  await page.keyboard.type('First');
  await press('Enter');
  await page.keyboard.type('Second');
  await press('Enter');
  await expect(list.row('Second')).toBeVisible();
  await press('Escape');

  await list.row('First').focus();
  await press('Space');
  await expect(list.row('First')).toBeHidden();
  await press('h');
  await expect(list.row('First')).toHaveAccessibleName('First, completed');
  await list.row('First').focus();
  await press('Space');
  await expect(list.row('First')).toHaveAccessibleName('First');

  await list.row('Second').focus();
  await press('Enter');
  await expect(editor.pane.locator(':focus')).toBeVisible();
  await press('i');
  await expect(editor.importance('High')).toBeChecked();
  await press('Shift+F6');
  await expect(list.row('Second')).toBeFocused();
  await press('F6', 'Escape');
  await expect(editor.pane).toBeHidden();
  await expect(list.row('Second')).toBeFocused();
  await expect(list.row('Second')).toHaveAccessibleName('Second, high importance');

  await list.row('Second').focus();
  await press('Delete');
  await expect(list.row('Second')).toBeHidden();
  await expect(toast.getByRole('button', { name: 'Undo' })).toBeVisible();
  await press('Control+z');
  await expect(list.row('Second')).toBeVisible();

  // The last row takes the focus with it to the place, and brings it back.
  await list.row('First').focus();
  await press('Delete');
  await expect(list.row('Second')).toBeFocused();
  await press('Delete');
  await expect(page.getByRole('main')).toBeFocused();
  await press('Control+z');
  await expect(list.row('Second')).toBeFocused();

  await press('g', 'u');
  await expect(list.title).toHaveText('Upcoming');
  await press('g', 'w');
  await expect(page).toHaveURL(/\/waiting$/);
  await press('g', 't');
  await expect(list.title).toHaveText('Today');
  await press('[');
  await expect(sidebar.tree).toBeHidden();
  await press('[');
  await expect(sidebar.tree).toBeVisible();
});

test('F6 walks the panes and comes back to where one was; edges move with arrows', async ({ app }) => {
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

test('keys lead on: Escape from adding to the tasks, D to the due day, and a protected folder says why', async ({
  app,
}) => {
  const { page, sidebar, list, toast } = app;
  await sidebar.open('Tasks');
  await list.add('First', 'Second');
  await page.keyboard.press('Escape');
  await expect(list.row('Second')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('d');
  await page.getByRole('menuitemradio', { name: /^Tomorrow/ }).click();
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
