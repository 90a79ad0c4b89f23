import type { Page } from '@playwright/test';
import { apiClientOf } from '../support/apiClient.ts';
import type { AppPageModel } from '../pages/appPageModel.ts';
import { expect, test } from '../fixtures.ts';
import { accessibilityViolations } from '../support/accessibility.ts';
import { listOf } from '../../../server/testing/json.ts';

const barOn = (page: Page) => page.getByRole('toolbar', { name: 'Selected tasks' });

/** One task for each line. */
async function addMany({ list, page }: AppPageModel, subjects: readonly string[]) {
  await list.quickAdd.fill(subjects.join('\n'));
  await page.getByRole('button', { name: `Add ${subjects.length} tasks` }).click();
}

test('by keyboard alone, many tasks are selected, moved, dated, categorized, completed and deleted, each with one undo', async ({
  app,
}) => {
  const { page, sidebar, list, toast } = app;
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await sidebar.addFolder('Garden', 'My Tasks');
  await sidebar.open('Tasks');
  await list.add('Alpha', 'Beta', 'Gamma', 'Delta');
  await app.allSent();

  // The newest is first.
  await list.row('Delta').focus();
  await press('x', 'Shift+ArrowDown', 'Shift+ArrowDown');
  await expect(barOn(page)).toContainText('3 selected');
  await expect(page.locator('[data-live-announcer][aria-live=polite]')).toHaveText('3 selected');
  await expect(list.grid).toHaveAttribute('aria-multiselectable', 'true');
  await press('Shift+ArrowUp');
  await expect(barOn(page)).toContainText('2 selected');
  await expect(list.row('Delta')).toHaveAttribute('aria-selected', 'true');
  await expect(list.row('Beta')).toHaveAttribute('aria-selected', 'false');

  await press('m');
  await expect(page.getByRole('dialog', { name: 'Move 2 tasks to' })).toBeVisible();
  await page.keyboard.type('gard');
  await press('Enter');
  await expect(toast).toContainText('Moved 2 tasks to “Garden”');
  await expect(list.row('Delta')).toBeHidden();
  // The focused rows were removed: the next one has the focus.
  await expect(list.grid.getByRole('row').and(page.locator(':focus'))).toBeVisible();
  await app.allSent();
  await press('Control+z');
  await expect(list.row('Delta')).toBeVisible();
  await expect(list.row('Gamma')).toBeVisible();

  await press('Escape');
  await press('Control+a');
  await expect(barOn(page)).toContainText('4 selected');
  await press('d');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Tomorrow/ })
    .focus();
  await press('Enter');
  await expect(toast).toContainText('4 tasks are due');
  await expect(list.grid.getByRole('heading', { name: /^Tomorrow/ })).toBeVisible();
  await expect(barOn(page)).toContainText('4 selected');

  await press('c');
  await page.getByRole('dialog', { name: 'Categories of 4 tasks' }).getByRole('textbox').waitFor();
  await page.keyboard.type('Home');
  await press('Enter');
  await page.getByRole('button', { name: 'Save', exact: true }).focus();
  await press('Enter');
  await expect(toast).toContainText('Changed the categories of 4 tasks');
  await expect(list.row('Alpha')).toHaveAccessibleName(/Home/);

  await list.row('Alpha').focus();
  await press('Space');
  await expect(toast).toContainText('Completed 4 tasks');
  await expect(barOn(page)).toBeHidden();
  await expect(list.row('Alpha')).toBeHidden();
  await press('Control+z');
  for (const name of ['Alpha', 'Beta', 'Gamma', 'Delta']) await expect(list.row(name)).toBeVisible();

  await list.row('Alpha').focus();
  await press('Control+a', 'Delete');
  await expect(toast).toContainText('Deleted 4 tasks');
  await expect(list.row('Alpha')).toBeHidden();
  await press('Control+z');
  for (const name of ['Alpha', 'Beta', 'Gamma', 'Delta']) await expect(list.row(name)).toBeVisible();
  await app.allSent();
  await page.reload();
  for (const name of ['Alpha', 'Beta', 'Gamma', 'Delta']) {
    await expect(list.row(name)).toHaveAccessibleName(new RegExp(`^${name}, due tomorrow.*Home`));
  }
});

test('by pointer, tasks are selected with Ctrl and Shift and moved by bar, drag and menu, with undo', async ({
  app,
}) => {
  const { page, sidebar, list, toast } = app;
  await sidebar.addFolder('Garden', 'My Tasks');
  await sidebar.open('Tasks');
  await list.add('Alpha', 'Beta', 'Gamma', 'Delta');
  await app.allSent();

  await list.row('Delta').click({ modifiers: ['Control'] });
  await list.row('Beta').click({ modifiers: ['Shift'] });
  await expect(barOn(page)).toContainText('3 selected');
  await list.row('Gamma').getByRole('checkbox').click();
  await expect(barOn(page)).toContainText('2 selected');
  expect(await accessibilityViolations(page), 'selection').toEqual([]);

  await list.row('Delta').dragTo(sidebar.item('Garden'));
  await expect(toast).toContainText('Moved 2 tasks to “Garden”');
  await expect(list.row('Delta')).toBeHidden();
  await expect(list.row('Beta')).toBeHidden();
  await expect(sidebar.item('Garden')).toHaveAccessibleName('Garden, 2 open tasks');

  await list.row('Alpha').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Move to folder' }).click();
  await page.getByRole('dialog').getByRole('option', { name: 'Garden' }).click();
  await expect(toast).toContainText('Moved “Alpha” to “Garden”');
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(list.row('Alpha')).toBeVisible();

  await sidebar.addGroup('House');
  await sidebar.item('Garden').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Move to group' }).press('ArrowRight');
  await page.getByRole('menuitem', { name: 'House' }).click();
  await expect(toast).toContainText('Moved “Garden” to “House”');
  await expect(sidebar.item('House')).toHaveAccessibleName(/^House, 2 open tasks/);
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(sidebar.item('House')).toHaveAccessibleName('House, no folders');
  await sidebar.item('Garden').dragTo(sidebar.item('House'));
  await expect(toast).toContainText('Moved “Garden” to “House”');
  await expect(sidebar.item('House')).toHaveAccessibleName(/^House, 2 open tasks/);
});

test('a duplicate has the task’s fields and attachments, and is removed by one undo', async ({ app }) => {
  const { page, sidebar, list, editor, toast } = app;
  await sidebar.open('Tasks');
  const api = await apiClientOf(page);
  const id = await api.make({ Subject: 'Order tiles', Importance: 'High', Categories: ['Home'] });
  await expect(list.row('Order tiles')).toBeVisible();
  // The row does not show yet that it has an attachment.
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/tasks\/?\?.*delta/i, async (route) => {
    await held;
    await route.continue();
  });
  await api.send('POST', `/api/v2.0/me/tasks('${id}')/attachments`, {
    '@odata.type': '#Microsoft.OutlookServices.FileAttachment',
    Name: 'plan.txt',
    ContentType: 'text/plain',
    ContentBytes: Buffer.from('A plan').toString('base64'),
  });
  await list.row('Order tiles').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect(toast).toContainText('Duplicated “Order tiles”');
  await expect(list.row('Order tiles')).toHaveCount(2);
  const copyOnServer = async () => {
    const { value } = await api.json('GET', '/api/v2.0/me/tasks');
    return listOf(value).find((task) => task['Id'] !== id);
  };
  // The attachments are fetched and attached after the task itself was sent.
  await expect.poll(async () => (await copyOnServer())?.['HasAttachments']).toBe(true);
  release();
  const copy = await copyOnServer();
  expect(copy).toMatchObject({
    Subject: 'Order tiles',
    Importance: 'High',
    Categories: ['Home'],
    HasAttachments: true,
  });
  const attached = await api.json('GET', `/api/v2.0/me/tasks('${String(copy?.['Id'])}')/attachments`);
  expect(attached['value']).toMatchObject([
    { Name: 'plan.txt', ContentType: 'text/plain', ContentBytes: Buffer.from('A plan').toString('base64') },
  ]);
  await page.keyboard.press('Control+z');
  await expect(list.row('Order tiles')).toHaveCount(1);
  await list.open('Order tiles');
  await expect(editor.pane.getByText('plan.txt')).toBeVisible();
});

test.describe('undo during a copy', () => {
  // An upload under way when its task is deleted arrives before the deletion, or finds the task gone.
  test.use({ expectedErrors: [/status of 404/] });

  test('undone while its attachments are copied, a duplicate leaves nothing that waits', async ({ app }) => {
    const { page, sidebar, list, toast } = app;
    await sidebar.open('Tasks');
    const api = await apiClientOf(page);
    const id = await api.make({ Subject: 'Order tiles' });
    for (const name of ['plan.txt', 'list.txt'])
      await api.send('POST', `/api/v2.0/me/tasks('${id}')/attachments`, {
        '@odata.type': '#Microsoft.OutlookServices.FileAttachment',
        Name: name,
        ContentType: 'text/plain',
        ContentBytes: Buffer.from(name).toString('base64'),
      });
    await expect(list.row('Order tiles')).toBeVisible();
    let [isSecond, release] = [false, () => {}];
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/attachments\('[^']*'\)\/\$value/, async (route) => {
      if (isSecond) await held;
      isSecond = true;
      await route.continue();
    });
    const second = page.waitForRequest((request) => request.url().includes('$value') && isSecond);
    await list.row('Order tiles').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await expect(list.row('Order tiles')).toHaveCount(2);
    await second;
    await toast.getByRole('button', { name: 'Undo' }).click();
    await expect(list.row('Order tiles')).toHaveCount(1);
    release();
    await app.allSent();
    const { value } = await api.json('GET', '/api/v2.0/me/tasks');
    expect(listOf(value).map((task) => task['Id'])).toEqual([id]);
  });
});

test('the pane shows the common properties of several tasks, and changes them with one undo', async ({ app }) => {
  const { page, sidebar, list, editor, toast } = app;
  const pane = page.getByRole('complementary', { name: 'Selection' });
  await sidebar.open('Tasks');
  const api = await apiClientOf(page);
  const due = { DateTime: '2099-03-02T00:00:00', TimeZone: 'UTC' };
  await api.make({ Subject: 'Alpha', Importance: 'High', Categories: ['Home'], DueDateTime: due });
  await api.make({ Subject: 'Beta' });
  await api.make({ Subject: 'Gamma' });
  await list.open('Gamma');
  await list.row('Alpha').click({ modifiers: ['Control'] });
  await expect(editor.subject).toHaveValue('Gamma');
  await list.row('Beta').click({ modifiers: ['Control'] });

  await expect(pane.getByRole('heading')).toHaveText('2 tasks selected');
  await expect(pane.getByRole('button', { name: /^Start None/ })).toBeVisible();
  await expect(pane.getByRole('button', { name: /^Due Mixed/ })).toBeVisible();
  await expect(pane.getByRole('radio', { checked: true })).toHaveCount(0);
  expect(await accessibilityViolations(page), 'pane').toEqual([]);

  await pane.getByRole('button', { name: '“Home”: 1 of 2. Add to all' }).click();
  await expect(toast).toContainText('Changed the categories of 1 task');
  await expect(list.row('Beta')).toHaveAccessibleName(/Home/);
  await expect(pane.getByRole('button', { name: 'Remove “Home” from all' })).toBeFocused();
  await pane.getByRole('radio', { name: 'Low' }).click();
  await expect(list.row('Alpha')).toHaveAccessibleName(/low importance/);
  await pane.getByRole('button', { name: 'Tomorrow', exact: true }).click();
  await expect(pane.getByRole('button', { name: /^Due (?!Mixed)/ })).toContainText('Tomorrow');
  await pane.getByRole('button', { name: 'Status' }).click();
  await page.getByRole('option', { name: 'Waiting on others' }).click();
  await expect(toast).toContainText('2 tasks are waiting on others now');
  await expect(list.row('Beta')).toHaveAccessibleName(/waiting on others/);
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(list.row('Beta')).not.toHaveAccessibleName(/waiting on others/);

  // The keys apply to the selection from here, too, and Escape ends it: the open task is back.
  await pane.getByRole('button', { name: 'Tomorrow', exact: true }).focus();
  await page.keyboard.press('Control+a');
  await expect(pane.getByRole('heading')).toHaveText('3 tasks selected');
  await page.keyboard.press('m');
  await page.getByRole('dialog', { name: 'Move 3 tasks to' }).getByRole('combobox').press('Escape');
  await pane.getByRole('button', { name: 'Tomorrow', exact: true }).press('Escape');
  await expect(pane).toBeHidden();
  await expect(editor.subject).toHaveValue('Gamma');
});

test(
  'five hundred: one undo brings all back, and what cannot be undone can be stopped',
  { tag: '@long' },
  async ({ app }) => {
    const { page, sidebar, list, toast } = app;
    await sidebar.open('Tasks');
    const subjects = Array.from({ length: 500 }, (_, at) => `Task ${String(at + 1).padStart(3, '0')}`);
    await addMany(app, subjects);
    await expect(list.main).toContainText('500 open');
    await app.allSent();

    await list.row('Task 001').focus();
    await page.keyboard.press('Control+a');
    await expect(barOn(page)).toContainText('500 selected');
    // Selection survives scrolling.
    await page.keyboard.press('End');
    await expect(list.row('Task 500')).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Delete');
    await expect(toast).toContainText('Deleted 500 tasks');
    await expect(list.main).toContainText('Nothing');
    await page.keyboard.press('Control+z');
    await expect(list.main).toContainText('500 open');
    await app.allSent();

    // Nothing is sent until the third request is answered: the action is certainly running.
    let asked = 0;
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/permanentDelete', async (route) => {
      asked += 1;
      if (asked === 3) await held;
      await route.continue();
    });
    await list.row('Task 001').focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Shift+Delete');
    const question = page.getByRole('alertdialog', { name: 'Delete 500 tasks permanently?' });
    await question.getByRole('button', { name: 'Delete permanently' }).click();
    const progress = page.getByRole('progressbar', { name: 'Deleting 500 tasks permanently' });
    await expect(progress).toHaveAttribute('aria-valuenow', '2');
    await page.getByRole('region', { name: 'In progress' }).getByRole('button', { name: 'Cancel' }).click();
    release();
    await expect(toast).toContainText('Stopped. 3 tasks are deleted permanently');
    await expect(list.main).toContainText('497 open');
  },
);

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a long press selects, a tap adds to the selection, the bar acts on it', async ({ app }) => {
    const { page, list, toast } = app;
    await page.goto('/all');
    await app.allLoaded();
    await list.add('Alpha', 'Beta', 'Gamma');
    // The newest is first: the others keep their order.
    await expect(list.row('Gamma')).toBeVisible();
    const at = await list.row('Beta').boundingBox();
    if (at === null) throw new Error('The row is not drawn');
    const touches = await page.context().newCDPSession(page);
    const touchPoints = [{ x: at.x + 150, y: at.y + at.height / 2 }];
    await touches.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
    await expect(barOn(page)).toContainText('1 selected');
    await touches.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect(barOn(page)).toContainText('1 selected');
    await list.row('Alpha').tap();
    await expect(barOn(page)).toContainText('2 selected');
    await barOn(page)
      .getByRole('button', { name: /^Delete/ })
      .tap();
    await expect(toast).toContainText('Deleted 2 tasks');
    await expect(list.row('Alpha')).toBeHidden();
    await expect(list.row('Gamma')).toBeVisible();
  });
});
