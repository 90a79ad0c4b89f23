import { appPageModel } from '../pages/appPageModel.ts';
import { expect, newTestAccount, test } from '../fixtures.ts';
import { shareDialogPageModel } from '../pages/shareDialogPageModel.ts';
import { accessibilityViolations } from '../support/accessibility.ts';

// The browser logs how the provider answers an invalid form, and the service an unknown page while no worker answers first.
test.use({ expectedErrors: [/status of (?:422|404.*no\/such\/place)/] });

test('the sign-in pages have no accessibility violation', async ({ page }) => {
  const { provider } = appPageModel(page);
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(provider.address).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await provider.createAccount({ ...newTestAccount(), password: 'short' });
  await expect(provider.heading).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.getByRole('link', { name: 'Sign in' }).click();
  expect(await accessibilityViolations(page)).toEqual([]);
});

test('no page has an accessibility violation', async ({ app }) => {
  const { page, sidebar, list, editor } = app;
  await sidebar.open('Tasks');
  await expect(list.main).toContainText(/Nothing/);
  expect(await accessibilityViolations(page)).toEqual([]);
  await list.add('Pay the bill', 'Call the plumber');
  await list.complete('Pay the bill');
  await list.open('Call the plumber');
  await expect(editor.subject).toBeVisible();
  await app.allSent();
  expect(await accessibilityViolations(page)).toEqual([]);
  for (const address of [
    '/today',
    '/all',
    '/completed',
    '/settings',
    '/exchange',
    '/waiting',
    '/bin',
    '/no/such/place',
  ]) {
    await page.goto(address);
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
    expect(await accessibilityViolations(page), address).toEqual([]);
  }
});

test('dialogs, menus and popovers have no accessibility violation', async ({ app }) => {
  const { page, sidebar, list, editor } = app;
  await sidebar.open('Tasks');
  await list.add('Call the plumber');
  await list.row('Call the plumber').click({ button: 'right' });
  await expect(page.getByRole('menuitem').first()).toBeVisible();
  expect(await accessibilityViolations(page), 'menu of a task').toEqual([]);
  await page.keyboard.press('Escape');
  await list.open('Call the plumber');
  await editor.date('Due').click();
  await expect(page.getByRole('dialog', { name: 'Due' }).getByRole('grid')).toBeVisible();
  expect(await accessibilityViolations(page), 'days').toEqual([]);
  await page.keyboard.press('Escape');
  await editor.date('Repeat').click();
  await page.getByRole('menuitem', { name: /^Custom/ }).click();
  await expect(page.getByRole('button', { name: 'Done' })).toBeVisible();
  await expect(page.getByRole('menu')).toBeHidden();
  expect(await accessibilityViolations(page), 'rule of a series').toEqual([]);
  await page.keyboard.press('Escape');
  await sidebar.addFolder('Garden', 'My Tasks');
  await expect(list.title).toHaveText('Garden');
  await sidebar.item('Garden').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Delete folder' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  expect(await accessibilityViolations(page), 'question').toEqual([]);
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 800, height: 700 });
  await page.getByRole('button', { name: 'Show folders' }).click();
  await expect(page.getByRole('dialog', { name: 'Folders' })).toBeVisible();
  expect(await accessibilityViolations(page), 'drawer').toEqual([]);
});

test('no page has an accessibility violation on a phone', async ({ app }) => {
  const { page, list, editor } = app;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/folders');
  await expect(page.getByRole('treeitem', { name: /^Tasks/ })).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.goto('/today');
  await list.add('Buy bread');
  expect(await accessibilityViolations(page)).toEqual([]);
  await list.open('Buy bread');
  await expect(editor.subject).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
});

test('the share dialog, a read-only folder and a page without access have no accessibility violation', async ({
  app,
  service,
  elsewhere,
}) => {
  const bob = newTestAccount('Bob');
  await service.addAccount(bob);
  const { page, sidebar, list } = app;
  await sidebar.open('Tasks');
  await list.add('Order badges');
  const share = shareDialogPageModel(page);
  await share.open();
  await share.invite(bob.address, 'Can view');
  await share.person('Bob').waitFor();
  await share.invite('nobody');
  await expect(share.address).toHaveAttribute('aria-invalid', 'true');
  expect(await accessibilityViolations(page), 'dialog').toEqual([]);
  await share.close();
  await expect(sidebar.tree.getByRole('treeitem', { name: /shared with 1 person/ })).toBeVisible();
  expect(await accessibilityViolations(page), 'shared folder of one’s own').toEqual([]);

  const other = await elsewhere();
  await other.signIn(bob);
  await other.sidebar.tree.getByRole('treeitem', { name: /shared by/ }).click();
  await other.list.open('Order badges');
  await expect(other.editor.subject).toBeVisible();
  expect(await accessibilityViolations(other.page), 'folder to look at').toEqual([]);
  await other.page.goto('/people/nobody%40example.com/folders/AAAA');
  await expect(other.list.title).toBeVisible();
  expect(await accessibilityViolations(other.page), 'refused').toEqual([]);
});
