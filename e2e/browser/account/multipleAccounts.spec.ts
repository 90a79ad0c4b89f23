import { expect, newTestAccount, test } from '../fixtures.ts';
import { appPageModel, type AppPageModel } from '../pages/appPageModel.ts';
import type { TestAccount } from '../support/serviceProcess.ts';

test('two accounts in one browser never see each other', async ({ app, person, service }) => {
  const other = newTestAccount('Bob');
  await service.addAccount(other);
  await app.sidebar.open('Tasks');
  await app.list.add('Only Ada knows');
  await app.allSent();

  await app.addAccount(other);
  await app.sidebar.open('Tasks');
  await app.list.add('Only Bob knows');
  await expect(app.list.row('Only Bob knows')).toBeVisible();
  await expect(app.list.row('Only Ada knows')).toBeHidden();
  await app.allSent();

  await app.chooseFromAccount(`Switch to ${person.address}`);
  await app.sidebar.open('Tasks');
  await expect(app.list.row('Only Ada knows')).toBeVisible();
  await expect(app.list.row('Only Bob knows')).toBeHidden();

  // Two tabs, two accounts, at the same time.
  const tab = appPageModel(await app.page.context().newPage());
  await tab.page.goto('/');
  await tab.chooseFromAccount(`Switch to ${other.address}`);
  await tab.sidebar.open('Tasks');
  await expect(tab.list.row('Only Bob knows')).toBeVisible();
  await app.page.reload();
  await app.sidebar.open('Tasks');
  await expect(app.list.row('Only Ada knows')).toBeVisible();
  await tab.page.reload();
  await tab.sidebar.open('Tasks');
  await expect(tab.list.row('Only Bob knows')).toBeVisible();

  // Signing out of one account leaves the other signed in.
  await tab.signOut();
  await expect(tab.accountButton).toHaveAccessibleName(`Account ${person.address}`);
  await tab.sidebar.open('Tasks');
  await expect(tab.list.row('Only Ada knows')).toBeVisible();
});

test.describe('when a session has expired', () => {
  // The browser logs a rejected token and a renewal that requires sign-in.
  test.use({ expectedErrors: [/status of 40[01]/] });

  async function endSession(app: AppPageModel, other: AppPageModel, person: TestAccount) {
    await app.sidebar.open('Tasks');
    await app.list.add('Letter');
    await app.allSent();
    await app.list.open('Letter');
    await other.signIn(person);
    await other.signOutEverywhere();
    await app.editor.notes.fill('Dear Grace,');
    await expect(app.signInAgainButton).toBeVisible();
    await app.editor.notes.pressSequentially(' I hope');
  }
  async function letterArrived(other: AppPageModel, person: TestAccount) {
    await other.signIn(person);
    await other.sidebar.open('Tasks');
    await other.list.open('Letter');
    await expect(other.editor.notes).toHaveValue('Dear Grace, I hope');
  }

  test('signing in again in one tab unlocks the others', async ({ app, person, elsewhere }) => {
    const tab = appPageModel(await app.page.context().newPage());
    await tab.page.goto('/all');
    await tab.list.title.waitFor();
    await endSession(app, await elsewhere(), person);
    await tab.list.add('Meanwhile');
    await expect(tab.signInAgainButton).toBeVisible();

    await app.page.evaluate(() => (window.open = () => null));
    await app.signInAgainButton.click();
    await app.provider.password.fill(person.password);
    await app.provider.submit();
    await app.accountButton.waitFor();
    await expect(app.signInAgainButton).toBeHidden();
    await expect(tab.signInAgainButton).toBeHidden();
    await tab.allSent();
  });

  test('signing in again keeps typed text and sends waiting changes', async ({ app, person, elsewhere }) => {
    const other = await elsewhere();
    await endSession(app, other, person);
    const popup = app.page.waitForEvent('popup');
    await app.signInAgainButton.click();
    const { provider } = appPageModel(await popup);
    await expect(provider.address).toHaveValue(person.address);
    await provider.password.fill(person.password);
    await provider.submit();

    await expect(app.signInAgainButton).toBeHidden();
    await expect(app.editor.notes).toHaveValue('Dear Grace, I hope');
    await app.allSent();
    await letterArrived(other, person);
  });

  test('where pop-ups are blocked, sign-in redirects and returns to the same page', async ({
    app,
    person,
    elsewhere,
  }) => {
    const other = await elsewhere();
    await endSession(app, other, person);
    const address = app.page.url();
    await app.page.evaluate(() => (window.open = () => null));
    await app.signInAgainButton.click();
    await expect(app.provider.address).toHaveValue(person.address);
    await app.provider.password.fill(person.password);
    await app.provider.submit();
    await expect(app.page).toHaveURL(address);
    await expect(app.editor.notes).toHaveValue('Dear Grace, I hope');
    await app.allSent();
    await letterArrived(other, person);
  });

  test('signing in as another account changes nothing here', async ({ app, person, elsewhere, service }) => {
    const stranger = newTestAccount('Mallory');
    await service.addAccount(stranger);
    await endSession(app, await elsewhere(), person);
    const popup = app.page.waitForEvent('popup');
    await app.signInAgainButton.click();
    await appPageModel(await popup).provider.signIn(stranger);
    await expect(app.toast).toContainText(`Sign in as ${person.address}`);
    await expect(app.signInAgainButton).toBeVisible();
    await expect(app.accountButton).toHaveAccessibleName(`Account ${person.address}`);
    await expect(app.editor.notes).toHaveValue('Dear Grace, I hope');
  });
});

test.describe('signing out while changes wait', () => {
  test.use({
    expectedErrors: [/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING/],
  });

  test('asks for confirmation, then erases the account’s data on this device', async ({ app, service, person }) => {
    const { page, list, sidebar } = app;
    await sidebar.open('Tasks');
    await app.allLoaded();
    await expect(list.main).toContainText('Nothing in Tasks yet');
    await service.kill();
    await list.add('Not sent yet');
    await app.signOut();
    const question = page.getByRole('alertdialog');
    await expect(question).toContainText('1 change is not sent yet');
    await question.getByRole('button', { name: 'Stay signed in' }).click();
    await expect(list.row('Not sent yet')).toBeVisible();

    await app.signOut();
    await question.getByRole('button', { name: 'Sign out and lose it' }).click();
    await expect(app.signInButton).toBeVisible();
    const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    expect(databases.filter((name) => name?.startsWith('threefold:'))).toEqual([]);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(person.address);
    await service.start();
  });
});

test('after a browser restart the tasks show at once and sign-in is silent', async ({ app, context, service }) => {
  await app.sidebar.open('Tasks');
  await app.list.add('Still here');
  await app.allSent();
  // The effect of a restart on MSAL: its cache key is a session cookie.
  const cookies = await context.cookies();
  await context.clearCookies();
  await context.addCookies(cookies.filter(({ expires }) => expires !== -1));
  await app.page.close();
  const again = appPageModel(await context.newPage());
  await again.page.goto(service.url);
  await again.sidebar.open('Tasks');
  await expect(again.list.row('Still here')).toBeVisible();
  await again.list.add('And still signed in');
  await again.allSent();
});
