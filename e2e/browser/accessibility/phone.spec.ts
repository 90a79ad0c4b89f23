import { expect, test } from '../fixtures.ts';
import { smallTargets, overflowingElements } from '../support/accessibility.ts';

test.use({
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  // The service answers an unknown page with 404 while no worker answers first.
  expectedErrors: [/status of 404.*no\/such\/place/],
});

test('on a phone: the folders, a folder, a task as a sheet, and back', async ({ app }) => {
  const { page, list, editor } = app;
  const tabs = page.getByRole('navigation', { name: 'Places' });
  await tabs.getByRole('link', { name: 'Folders' }).tap();
  await expect(page.getByRole('heading', { level: 1, name: 'Folders' })).toBeVisible();
  await page.getByRole('treeitem', { name: /^Tasks/ }).tap();
  await expect(list.title).toHaveText('Tasks');

  await tabs.getByRole('button', { name: 'New task' }).tap();
  await expect(list.quickAdd).toBeFocused();
  await page.keyboard.type('Buy bread');
  await page.keyboard.press('Enter');
  await expect(list.row('Buy bread')).toBeVisible();

  await list.row('Buy bread').tap();
  await expect(editor.pane).toBeVisible();
  await expect(editor.pane).toHaveRole('dialog');
  await editor.rename('Buy bread and salt');
  await page.goBack();
  await expect(editor.pane).toBeHidden();
  await expect(list.row('Buy bread and salt')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Folders' })).toBeVisible();

  await tabs.getByRole('link', { name: 'Today' }).tap();
  await expect(list.title).toHaveText('Today');
});

test('nothing is wider than the window, down to 320 px and a page at 400%', async ({ app }) => {
  const { page, sidebar, list, editor } = app;
  await page.setViewportSize({ width: 1100, height: 700 });
  await sidebar.addFolder('Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz', 'My Tasks');
  await expect(list.title).toHaveText(/^Rindfleisch/);
  await list.add('A task with a rather long subject that has to end in an ellipsis somewhere on this line');
  await expect(list.row('A task with')).toBeVisible();
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 640 });
    for (const address of ['/all', '/folders', '/settings', '/exchange', '/waiting', '/bin', '/no/such/place']) {
      await page.goto(address);
      await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
      await expect.poll(() => overflowingElements(page), `${address} at ${width} px`).toEqual([]);
    }
  }
  await page.setViewportSize({ width: 320, height: 400 });
  await page.goto('/all');
  await list.open('A task with');
  await expect(editor.subject).toBeInViewport();
  await editor.date('Due').click();
  await expect(page.getByRole('grid').last()).toBeVisible();
  await expect.poll(() => overflowingElements(page), 'days').toEqual([]);
  await page.getByRole('button', { name: 'Close' }).last().click();
  await editor.date('Repeat').click();
  await page.getByRole('menuitem', { name: /^Custom/ }).click();
  await expect(page.getByRole('button', { name: 'Done' })).toBeInViewport({ ratio: 1 });
  await expect.poll(() => overflowingElements(page), 'rule of a series').toEqual([]);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await editor.pane.getByRole('button', { name: 'More' }).first().click();
  await page.getByRole('menuitem', { name: 'Move to folder' }).click();
  await expect(page.getByRole('dialog', { name: /^Move/ })).toBeVisible();
  await expect.poll(() => overflowingElements(page), 'folders to move to').toEqual([]);
});

test('touch targets are large enough', async ({ app }) => {
  const { page, list, editor } = app;
  await list.add('Buy bread');
  await expect(list.row('Buy bread')).toBeVisible();
  expect(await smallTargets(page), 'list').toEqual([]);
  await list.open('Buy bread');
  await editor.pane.getByRole('button', { name: 'Add checklist' }).tap();
  await page.keyboard.type('White');
  await page.keyboard.press('Enter');
  await expect(editor.pane.getByRole('checkbox', { name: 'White' })).toBeVisible();
  await editor.pane.getByRole('heading', { name: /^Checklist/ }).evaluate((heading) => heading.scrollIntoView());
  expect(await smallTargets(page), 'task').toEqual([]);
  await page.goto('/settings');
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
  expect(await smallTargets(page), 'settings').toEqual([]);
});
