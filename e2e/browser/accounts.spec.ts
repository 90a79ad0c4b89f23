import { expect, newPerson, test } from './fixtures.ts';
import { appOn, type App } from './pages/app.ts';
import type { Person } from './service.ts';

async function addSecond(app: App, person: Person) {
  await app.chooseFromAccount('Add account');
  await app.provider.useAnother();
  await app.provider.signIn(person);
  await expect(app.accountButton).toHaveAccessibleName(`Account ${person.address}`);
}

/** Whose the next API answer is, as the service saw it: the bearer token of a request, read without trusting it. */
function subjectsOf(app: App): Set<string> {
  const subjects = new Set<string>();
  app.page.on('request', (request) => {
    const bearer = /^Bearer [^.]+\.([^.]+)\./.exec(request.headers()['authorization'] ?? '')?.[1];
    if (bearer === undefined) return;
    const claims: unknown = JSON.parse(Buffer.from(bearer, 'base64url').toString());
    if (typeof claims === 'object' && claims !== null && 'sub' in claims) subjects.add(String(claims.sub));
  });
  return subjects;
}

test('two accounts in one browser never see each other', async ({ app, person, service }) => {
  const other = newPerson('Bob');
  await service.addAccount(other);
  await app.sidebar.open('Tasks');
  await app.list.add('Only Ada knows');
  await app.allSent();

  await addSecond(app, other);
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

test.describe('the wrong-account trap: tokens that run out while somebody else signed in last', () => {
  test.use({ serviceEnv: { ACCESS_TOKEN_SECONDS: '4' } });

  test('silent renewal answers for the account on the screen, or not at all', async ({ app, person, service }) => {
    const other = newPerson('Bob');
    await service.addAccount(other);
    const subjects = subjectsOf(app);
    await app.sidebar.open('Tasks');
    await app.list.add('Only Ada knows');
    await app.allSent();
    const ada = [...subjects];
    expect(ada).toHaveLength(1);

    await addSecond(app, other);
    await app.chooseFromAccount(`Switch to ${person.address}`);
    subjects.clear();
    for (const subject of ['First', 'Second', 'Third']) {
      await app.sidebar.open('Tasks');
      // Longer than a token lives: each of these needs a renewal while the provider's session is Bob's.
      await app.page.waitForTimeout(5_000);
      await app.list.add(subject);
      await app.allSent();
    }
    expect([...subjects]).toEqual(ada);
    await app.chooseFromAccount(`Switch to ${other.address}`);
    await app.sidebar.open('Tasks');
    await expect(app.list.main).toContainText(/Nothing|empty/i);
    for (const subject of ['Only Ada knows', 'First', 'Second', 'Third'])
      await expect(app.list.row(subject)).toBeHidden();
  });
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
