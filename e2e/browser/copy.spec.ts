import type { Route } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { appOn } from './pages/app.ts';

test('a change made elsewhere appears by itself, in every tab', async ({ app, person, elsewhere }) => {
  await app.sidebar.open('Tasks');
  await app.list.add('From here');
  await app.allSent();
  const tab = appOn(await app.page.context().newPage());
  await tab.page.goto(app.page.url());
  await expect(tab.list.row('From here')).toBeVisible();

  const other = await elsewhere();
  await other.signIn(person);
  await other.sidebar.open('Tasks');
  await expect(other.list.row('From here')).toBeVisible();
  await other.list.add('From another desk');
  await expect(app.list.row('From another desk')).toBeVisible({ timeout: 10_000 });
  await expect(tab.list.row('From another desk')).toBeVisible({ timeout: 10_000 });

  await tab.list.complete('From here');
  await expect(other.list.row('From here')).toBeHidden({ timeout: 10_000 });
  await expect(app.list.row('From here')).toBeHidden({ timeout: 10_000 });
});

test.describe('with a service that cannot be reached', () => {
  // The browser notes every request that was cut off.
  test.use({ expectedErrors: [/ERR_FAILED/] });

  test('the app opens from this device, whatever is looked at', async ({ app }) => {
    await app.sidebar.open('Tasks');
    await app.list.add('Milk', 'Bread');
    await app.allSent();
    const cutOff = (route: Route) => route.abort();
    for (const part of ['api', 'threefold', 'oidc']) await app.page.route(`**/${part}/**`, cutOff);
    await app.page.reload();
    await expect(app.list.row('Milk')).toBeVisible();
    await expect(app.list.row('Bread')).toBeVisible();
    await app.sidebar.view('All').click();
    await expect(app.list.row('Milk')).toBeVisible();
    await app.list.row('Milk').click();
    await expect(app.editor.subject).toHaveValue('Milk');
    // What is done meanwhile arrives when the way is open again.
    await app.list.complete('Bread');
    await app.page.unrouteAll();
    await app.page.reload();
    await app.allSent();
    await app.sidebar.open('Tasks');
    await app.list.showCompleted();
    await expect(app.list.row('Bread')).toBeVisible();
  });
});
