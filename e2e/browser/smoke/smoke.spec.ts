import { appPageModel, type AppPageModel } from '../pages/appPageModel.ts';
import { expect, newTestAccount, test } from '../fixtures.ts';

/** A first day with the app. */
async function createSampleTasks(app: AppPageModel) {
  const { sidebar, list, editor, toast } = app;
  await sidebar.addGroup('House');
  await sidebar.addFolder('Garden', 'House');
  await expect(list.title).toHaveText('Garden');
  await list.add('Water the plants', 'Mow the lawn', 'Repot the basil');
  await expect(list.row('Repot the basil')).toBeVisible();

  await list.open('Water the plants');
  await editor.rename('Water the roses');
  await editor.write('Early in the morning.');
  await editor.setImportance('High');
  await editor.close();
  await expect(list.row('Water the roses')).toBeVisible();

  await list.complete('Mow the lawn');
  await list.delete('Repot the basil');
  await expect(list.row('Repot the basil')).toBeHidden();
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(list.row('Repot the basil')).toBeVisible();
}

async function isAllThere(app: AppPageModel) {
  const { sidebar, list, editor } = app;
  await sidebar.open('Garden');
  await expect(list.row('Water the roses')).toBeVisible();
  await expect(list.row('Repot the basil')).toBeVisible();
  await list.showCompleted();
  await expect(list.row('Mow the lawn')).toBeVisible();
  await list.open('Water the roses');
  await expect(editor.subject).toHaveValue('Water the roses');
  await expect(editor.notes).toHaveValue('Early in the morning.');
  await expect(editor.importance('High')).toBeChecked();
}

test('tasks of a new account are still there after signing out and in', async ({ page }) => {
  const app = appPageModel(page);
  const person = newTestAccount('Grace');
  await page.goto('/');
  await page.getByRole('button', { name: 'Create account' }).click();
  await app.provider.createAccount(person);
  await expect(app.sidebar.tree).toBeVisible();
  await createSampleTasks(app);
  await app.allSent();
  await app.signOut();
  await expect(app.signInButton).toBeVisible();
  await app.signIn(person);
  await isAllThere(app);
});

test.describe('when the service crashes', () => {
  test.use({
    expectedErrors: [
      /ERR_CONNECTION_REFUSED|Failed to fetch|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED_ENCODING/,
    ],
  });

  test('everything it accepted is still there, and nobody is signed out', async ({ app, service }) => {
    await createSampleTasks(app);
    await app.allSent();
    await service.kill();
    await service.start();
    await app.page.reload();
    await isAllThere(app);
    await app.signOut();
  });

  test('changes made meanwhile are stored on this device and sent afterwards', async ({
    app,
    service,
    person,
    elsewhere,
  }) => {
    const { sidebar, list, editor } = app;
    await sidebar.open('Tasks');
    await list.add('Before');
    await app.allSent();
    await app.allLoaded();
    await service.kill();
    await list.add('Without the service');
    await list.open('Before');
    await editor.rename('Before, then renamed');
    await editor.close();
    await expect(list.row('Without the service')).toBeVisible();
    await service.start();
    await app.page.reload();
    // Sent just before the reload, it may show twice until its answer arrives, and not longer.
    await expect(list.row('Without the service').first()).toBeVisible();
    await app.allSent();
    await expect(list.row('Without the service')).toHaveCount(1);

    const other = await elsewhere();
    await other.signIn(person);
    await other.sidebar.open('Tasks');
    await expect(other.list.row('Without the service')).toBeVisible();
    await expect(other.list.row('Before, then renamed')).toBeVisible();
  });
});

test('a slow disk does not interrupt a name that is being typed', async ({ app }) => {
  const { page, sidebar } = app;
  await sidebar.open('Tasks');
  await app.allLoaded();
  // The disk writes, but the page receives no events of it.
  await page.evaluate(() => {
    const { addEventListener } = IDBTransaction.prototype;
    const held: (() => void)[] = [];
    let isSlow = true;
    IDBTransaction.prototype.addEventListener = function (
      this: IDBTransaction,
      ...[type, listener]: [string, unknown]
    ) {
      const logEvent = (event: Event) => {
        const notify = () => typeof listener === 'function' && listener.call(this, event);
        if (type === 'complete' && isSlow) held.push(notify);
        else notify();
      };
      addEventListener.call(this, type, logEvent);
    };
    window.addEventListener('disk-is-quick', () => {
      isSlow = false;
      for (const notify of held.splice(0)) notify();
    });
  });
  await sidebar.addGroup('House');
  await sidebar.item('House').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'New folder in House' }).click();
  const field = sidebar.tree.getByRole('textbox', { name: 'Name of the new folder' });
  await expect(field).toBeFocused();
  await page.keyboard.type('Gar');
  await page.evaluate(() => dispatchEvent(new Event('disk-is-quick')));
  await app.allSent();
  await expect(field).toBeFocused();
  await page.keyboard.type('den');
  await page.keyboard.press('Enter');
  await expect(sidebar.item('Garden')).toBeVisible();
});

test.describe('when the page closes while changes are being sent', () => {
  test('half-typed text is restored, and a delete is sent though its tab was closed', async ({ app, context }) => {
    const { page, sidebar, list, editor } = app;
    await sidebar.open('Tasks');
    await list.add('Renew passport', 'Old receipt');
    await list.open('Renew passport');
    await editor.subject.fill('Renew passport and');
    await editor.notes.fill('Two photos, and');
    await list.quickAdd.fill('Call the');
    await page.reload();
    await expect(list.quickAdd).toHaveValue('Call the');
    await expect(editor.subject).toHaveValue('Renew passport and');
    await expect(editor.notes).toHaveValue('Two photos, and');

    await editor.close();
    await list.delete('Old receipt');
    await expect(list.row('Old receipt')).toBeHidden();
    const folder = page.url();
    await page.close();
    const next = appPageModel(await context.newPage());
    await next.page.goto(folder);
    await expect(next.list.row('Renew passport and')).toBeVisible();
    await expect(next.list.row('Old receipt')).toBeHidden();
    await next.allSent();
    await expect(next.list.row('Old receipt')).toBeHidden();
  });
});

test('a task entered before the folders have loaded waits for them', async ({ elsewhere, person }) => {
  // A device without data of the account: otherwise the folders are loaded before the entry.
  const app = await elsewhere();
  const { page, list } = app;
  let release = () => {};
  const arrived = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/taskfolders(\?|$)/i, async (route) => {
    await arrived;
    await route.continue();
  });
  await app.signIn(person, '/today');
  await list.quickAdd.fill('Post the letter');
  await list.quickAdd.press('Enter');
  // Ended by a line break where the parser has not loaded either.
  await expect(list.quickAdd).toHaveValue(/^Post the letter\n?$/);
  release();
  await expect(list.row('Post the letter')).toBeVisible();
  await expect(list.quickAdd).toHaveValue('');
  await app.allSent();
});
