import { appPageModel } from '../pages/appPageModel.ts';
import { expect, newTestAccount, test } from '../fixtures.ts';

test('a link opened before sign-in opens afterwards, with query and fragment', async ({ page, person, service }) => {
  const app = appPageModel(page);
  await app.signIn(person, '/upcoming?from=mail#note');
  await expect(page).toHaveURL(`${service.url}/upcoming?from=mail#note`);
  await expect(app.list.title).toHaveText('Upcoming');
});

test('cancelling at the provider returns to the same page, where sign-in can be repeated', async ({
  page,
  person,
  service,
}) => {
  const app = appPageModel(page);
  await page.goto('/important#later');
  await app.signInButton.click();
  await app.provider.cancel();
  await expect(page).toHaveURL(`${service.url}/important#later`);
  await app.signInButton.click();
  await app.provider.address.waitFor();
  await page.goBack();
  await expect(app.signInButton).toBeEnabled();
  await app.signInButton.click();
  await app.provider.signIn(person);
  await expect(page).toHaveURL(`${service.url}/important#later`);
  await expect(app.list.title).toHaveText('Important');
});

test('a task’s URL works with reload, a new tab, back and forward', async ({ app, context }) => {
  const { page, list, editor, sidebar } = app;
  await sidebar.open('Tasks');
  await list.add('Find the key');
  await app.allSent();
  await list.open('Find the key');
  await expect(editor.subject).toHaveValue('Find the key');
  // The server's id replaces the local one in the URL.
  await expect(page).toHaveURL(/\/folders\/[\w-]+\/tasks\/(?!local-)[\w-]+$/);
  const address = page.url();

  await page.reload();
  await expect(editor.subject).toHaveValue('Find the key');
  const tab = appPageModel(await context.newPage());
  await tab.page.goto(address);
  await expect(tab.editor.subject).toHaveValue('Find the key');
  await expect(tab.page).toHaveTitle('Find the key · Tasks · Threefold');

  await sidebar.view('Upcoming').click();
  await expect(list.title).toHaveText('Upcoming');
  await page.goBack();
  await expect(page).toHaveURL(address);
  await expect(editor.subject).toHaveValue('Find the key');
  await page.goForward();
  await expect(list.title).toHaveText('Upcoming');
  await expect(page).toHaveTitle('Upcoming · Threefold');
});

test.describe('links to other accounts or nothing', () => {
  // A missing folder is requested once, and the service answers an unknown page with 404 while no worker answers first.
  test.use({ expectedErrors: [/status of 404.*(?:nothing-here|no\/such\/place)/] });

  test('an own long link becomes the short one; another account’s and a malformed link are rejected', async ({
    app,
    person,
  }) => {
    const { page, list, sidebar } = app;
    await sidebar.open('Tasks');
    const folder = new URL(page.url()).pathname;
    await page.goto(`/people/${encodeURIComponent(person.address.toUpperCase())}${folder}?a=b#c`);
    await expect(page).toHaveURL(new RegExp(`${folder}\\?a=b#c$`));
    await expect(list.title).toHaveText('Tasks');

    await page.goto(`/people/somebody.else%40example.com${folder}`);
    await expect(page.getByRole('main')).toContainText('You have no access to this folder');
    await expect(page.getByRole('main')).toContainText(
      'It was deleted, or somebody.else@example.com does not share it',
    );
    await page.goto('/no/such/place');
    await expect(page.getByRole('main').getByRole('heading')).toBeVisible();
    await page.goto('/folders/nothing-here');
    await expect(page.getByRole('main').getByRole('heading')).toBeVisible();
  });
});

test('a link is copied by key and by menu, and passed to the system’s share sheet where there is one', async ({
  app,
  person,
}) => {
  const { page, list, editor, sidebar, toast } = app;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.addInitScript(() => {
    Object.assign(navigator, { share: (data: ShareData) => ((window.name = data.url ?? ''), Promise.resolve()) });
  });
  await page.reload();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await sidebar.open('Tasks');
  await list.add('Find the key');
  await app.allSent();
  const base = new URL(page.url());
  const long = `${base.origin}/people/${encodeURIComponent(person.address)}${base.pathname}`;

  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+L');
  await expect(toast).toContainText('Link copied');
  expect(await clipboard()).toBe(long);
  await list.row('Find the key').focus();
  await page.keyboard.press('l');
  await expect.poll(clipboard).toMatch(/\/tasks\/[\w-]+$/);
  await list.open('Find the key');
  await expect(editor.subject).toBeVisible();
  await editor.pane.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Share link' }).click();
  await expect.poll(() => page.evaluate(() => window.name)).toBe(await clipboard());

  await sidebar.item('Tasks').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy link' }).click();
  await expect.poll(clipboard).toBe(long);
});

test('a link of another known account offers to switch to it', async ({ app, person, service }) => {
  const bob = newTestAccount('Bob');
  await service.addAccount(bob);
  const { page, list, sidebar } = app;
  await sidebar.addFolder('Garden', 'My Tasks');
  await list.add('Water the roses');
  await app.allSent();
  const address = `/people/${encodeURIComponent(person.address)}${new URL(page.url()).pathname}`;
  await app.addAccount(bob);

  await page.goto(address);
  const main = page.getByRole('main');
  await expect(main).toContainText(`It was deleted, or ${person.address} does not share it with ${bob.address}.`);
  await main.getByRole('button', { name: `Open as ${person.address}` }).click();
  await expect(list.title).toHaveText('Garden');
  await expect(list.row('Water the roses')).toBeVisible();
  await expect(app.accountButton).toHaveAccessibleName(`Account ${person.address}`);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a task link opens the task over its list after sign-in with its account', async ({
    app,
    person,
    service,
    elsewhere,
  }) => {
    const bob = newTestAccount('Bob');
    await service.addAccount(bob);
    const { page, list } = app;
    await page.goto('/folders');
    await page.getByRole('treeitem', { name: /^Tasks/ }).tap();
    await list.add('Buy bread');
    await list.row('Buy bread').tap();
    await expect(page).toHaveURL(/\/tasks\/(?!local-)[\w-]+$/);
    const address = `/people/${encodeURIComponent(person.address)}${new URL(page.url()).pathname}`;

    const other = await elsewhere();
    await other.page.setViewportSize({ width: 390, height: 844 });
    await other.page.goto(address);
    await expect(other.page.getByRole('main')).toContainText(`This link leads to a folder of ${person.address}.`);
    await other.signIn(bob, address);
    const main = other.page.getByRole('main');
    await expect(main).toContainText('You have no access to this folder');
    await main.getByRole('button', { name: 'Use another account' }).click();
    await other.provider.useAnother();
    await other.provider.signIn(person);
    await expect(other.editor.subject).toHaveValue('Buy bread');
    await other.editor.close();
    await expect(other.list.row('Buy bread')).toBeVisible();
  });
});
