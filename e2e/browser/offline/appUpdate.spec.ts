import { test as base, expect } from '../fixtures.ts';
import { appPageModel } from '../pages/appPageModel.ts';
import { copyProject } from '../support/secondBuild.ts';
import { startServiceProcess } from '../support/serviceProcess.ts';

type Copy = ReturnType<typeof copyProject> & { env: Record<string, string> };

/** A service with a copy of the app, so that the copy's next version can be put in its place. */
const test = base.extend<object, { copy: Copy }>({
  copy: [
    async ({ serviceEnv }, provide) => {
      const copy = { ...copyProject(), env: serviceEnv };
      await provide(copy);
      copy.remove();
    },
    { scope: 'worker' },
  ],
  service: [
    async ({ copy }, provide) => {
      const service = await startServiceProcess(copy.env, copy.home);
      await provide(service);
      await service.close();
    },
    { scope: 'worker' },
  ],
});

test.use({
  expectedErrors: [/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|error occurred when fetching the script/],
});

test('a new version waits, is offered without a dialog and loses no typed text; older tabs keep working', async ({
  app,
  context,
  copy,
  service,
}) => {
  const { page, list, sidebar, editor } = app;
  await sidebar.open('Tasks');
  await list.add('Buy bread');
  await app.allSent();
  await app.allLoaded();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const older = appPageModel(await context.newPage());
  await older.page.goto('/today');
  await expect(older.list.title).toHaveText('Today');
  await list.open('Buy bread');
  await editor.subject.fill('Buy bread and salt');
  await list.quickAdd.fill('half a thou');
  const notice = page.getByRole('status').filter({ hasText: 'A new version is ready.' });
  await expect(notice).toHaveCount(0);

  const part = await page.evaluate(
    () => performance.getEntriesByType('resource').find(({ name }) => /\/first-[^/]*\.js$/.test(name))?.name ?? '',
  );
  copy.build('src/ui/browser/documentTitle.ts', "'Threefold'", "'Threefold Two'");
  await service.kill();
  await service.start();
  expect((await fetch(part)).status).toBe(404);

  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(notice).toBeVisible();
  await expect(page).toHaveTitle(/Threefold$/);
  // The open page did not change.
  await expect(list.quickAdd).toHaveValue('half a thou');
  await notice.getByRole('button', { name: 'Reload' }).click();
  await expect(page).toHaveTitle(/Threefold Two$/);
  await expect(list.quickAdd).toHaveValue('half a thou');
  await expect(editor.subject).toHaveValue('Buy bread and salt');
  await expect(notice).toHaveCount(0);

  // The other tab still runs the older version: its chunks come from the cache, and it shows the notice.
  await expect(older.page).toHaveTitle(/Threefold$/);
  expect(await older.page.evaluate(async (address) => (await fetch(address)).status, part)).toBe(200);
  const told = older.page.getByRole('status').filter({ hasText: 'A new version is ready.' });
  await told.getByRole('button', { name: 'Reload' }).click();
  await expect(older.page).toHaveTitle(/Threefold Two$/);
});
