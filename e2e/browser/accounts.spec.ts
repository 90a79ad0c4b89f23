import { expect, newPerson, test } from './fixtures.ts';
import { appOn } from './pages/app.ts';

test('two accounts in one browser never see each other', async ({ app, person, service }) => {
  const other = newPerson('Bob');
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
  const tab = appOn(await app.page.context().newPage());
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

  // Signing one out leaves the other where it is.
  await tab.signOut();
  await expect(tab.accountButton).toHaveAccessibleName(`Account ${person.address}`);
  await tab.sidebar.open('Tasks');
  await expect(tab.list.row('Only Ada knows')).toBeVisible();
});

test.describe('when a session has ended', () => {
  test.use({ expectedErrors: [/status of 40[013]/] });

  test('signing in again in place keeps what was typed and sends what waited', async ({ app, person, elsewhere }) => {
    const { page, sidebar, list, editor } = app;
    await sidebar.open('Tasks');
    await list.add('Letter');
    await app.allSent();
    await list.open('Letter');

    const other = await elsewhere();
    await other.signIn(person);
    await other.signOutEverywhere();

    await editor.notes.fill('Dear Grace,');
    await expect(page.getByText('Your sign-in has run out')).toBeVisible({ timeout: 30_000 });
    await editor.notes.pressSequentially(' I hope');
    const popup = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    const provider = appOn(await popup).provider;
    await expect(provider.address).toHaveValue(person.address);
    await provider.password.fill(person.password);
    await provider.submit();

    await expect(page.getByText('Your sign-in has run out')).toBeHidden();
    await expect(editor.notes).toHaveValue('Dear Grace, I hope');
    await app.allSent();
    await other.signIn(person);
    await other.sidebar.open('Tasks');
    await other.list.open('Letter');
    await expect(other.editor.notes).toHaveValue('Dear Grace, I hope');
  });
});

test('after a browser restart the account is drawn at once and signed in silently', async ({
  app,
  context,
  service,
}) => {
  await app.sidebar.open('Tasks');
  await app.list.add('Still here');
  await app.allSent();
  // What a restart does to MSAL: the key of its cache is a session cookie.
  const cookies = await context.cookies();
  await context.clearCookies();
  await context.addCookies(cookies.filter(({ expires }) => expires !== -1));
  await app.page.close();
  const again = appOn(await context.newPage());
  await again.page.goto(service.url);
  await again.sidebar.open('Tasks');
  await expect(again.list.row('Still here')).toBeVisible();
  await again.list.add('And still signed in');
  await again.allSent();
});
