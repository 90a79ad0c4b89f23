import { expect, test } from './fixtures.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test('a phone: folders, a folder, a task as a sheet, and back', async ({ app }) => {
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

test('nothing is wider than the window, down to 320 px', async ({ app }) => {
  const { page, list } = app;
  await list.add('A task with a rather long subject that has to end in an ellipsis somewhere on this line');
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 640 });
    for (const address of ['/today', '/folders', '/settings', '/waiting', '/bin', '/no/such/place']) {
      await page.goto(address);
      await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${address} at ${width} px`).toBeLessThanOrEqual(0);
    }
  }
});

test('targets are large enough for a finger', async ({ app }) => {
  const { page, list } = app;
  await list.add('Buy bread');
  await expect(list.row('Buy bread')).toBeVisible();
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a[href], [role=treeitem]')]
      .filter((element) => element.checkVisibility() && element.getClientRects().length > 0)
      .map((element) => ({ name: element.ariaLabel ?? element.textContent, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 2 && (box.width < 44 || box.height < 44))
      .map(({ name, box }) => `${name}: ${Math.round(box.width)} × ${Math.round(box.height)}`),
  );
  expect(small).toEqual([]);
});
