import { expect, newTestAccount, test } from '../fixtures.ts';
import type { AppPageModel } from '../pages/appPageModel.ts';
import { shareDialogPageModel } from '../pages/shareDialogPageModel.ts';
import type { TestAccount, ServiceProcess } from '../support/serviceProcess.ts';

/** A folder of Ada's with one task in it, and its share dialog. */
async function folderOf(app: AppPageModel) {
  const { sidebar, list, page } = app;
  await sidebar.addFolder('Trade fair', 'My Tasks');
  await expect(list.title).toHaveText('Trade fair');
  await list.add('Order badges');
  await app.allSent();
  const share = shareDialogPageModel(page);
  await share.open();
  return share;
}

async function createPerson(service: ServiceProcess, name: string): Promise<TestAccount> {
  const person = newTestAccount(name);
  await service.addAccount(person);
  return person;
}

const sharedItem = (app: AppPageModel) => app.sidebar.tree.getByRole('treeitem', { name: /^Trade fair,.* shared by/ });

/** The link as the dialog copies it. */
async function copied(app: AppPageModel): Promise<string> {
  await app.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await shareDialogPageModel(app.page).dialog.getByRole('button', { name: 'Copy link' }).click();
  await expect(app.toast).toContainText('Link copied');
  return app.page.evaluate(() => navigator.clipboard.readText());
}

test('a guest is invited, opens the folder by its link and edits it, and the owner sees the edit', async ({
  app,
  person,
  service,
  elsewhere,
}) => {
  const bob = await createPerson(service, 'Bob');
  const share = await folderOf(app);
  await share.invite(bob.address);
  await expect(share.person('Bob')).toHaveText('Can edit');
  const link = await copied(app);
  expect(link).toContain(`/people/${encodeURIComponent(person.address)}/folders/`);
  await share.close();
  await expect(app.sidebar.tree.getByRole('treeitem', { name: /^Trade fair, .*shared with 1 person/ })).toBeVisible();

  const other = await elsewhere();
  await other.signIn(bob, link);
  await expect(other.list.title).toHaveText('Trade fair');
  await expect(other.list.main).toContainText('Shared by Ada');
  await expect(sharedItem(other)).toHaveAttribute('aria-current', 'page');
  await other.list.complete('Order badges');
  await other.list.add('Book the stand');
  await other.list.open('Book the stand');
  await other.editor.rename('Book the corner stand');
  await other.allSent();

  await expect(app.list.row('Book the corner stand')).toBeVisible();
  await expect(app.list.row('Order badges')).toBeHidden();
  await app.list.open('Book the corner stand');
  await expect(app.editor.pane).toContainText('Changed by Bob');
  await expect(other.editor.pane).toContainText('Changed by you');
});

test('a reader can change nothing until they get write access', async ({ app, service, elsewhere }) => {
  const bob = await createPerson(service, 'Bob');
  const share = await folderOf(app);
  await share.invite(bob.address, 'Can view');
  await expect(share.person('Bob')).toHaveText('Can view');

  const other = await elsewhere();
  await other.signIn(bob);
  await sharedItem(other).click();
  const row = other.list.row('Order badges');
  await expect(row).toBeVisible();
  await expect(other.list.main).toContainText('View only.');
  await expect(other.list.quickAdd).toBeHidden();
  await expect(row.getByRole('button', { name: /Complete/ })).toHaveCount(0);
  await row.focus();
  for (const key of ['Space', 'Delete']) {
    await other.page.keyboard.press(key);
    await expect(other.toast).toContainText('View only. Ask Ada for “Can edit”.');
  }
  await row.click();
  await expect(other.editor.subject).toHaveAttribute('readonly');
  await expect(other.editor.notes).toHaveAttribute('readonly');
  await expect(other.editor.importance('High')).toHaveCount(0);
  await expect(
    other.editor.pane
      .getByRole('group', { name: 'Start' })
      .or(other.editor.pane.getByRole('button', { name: /^Start/ })),
  ).toBeDisabled();
  await expect(other.editor.pane.getByRole('button', { name: 'Delete' })).toHaveCount(0);
  await other.editor.close();

  await share.setRole('Bob', 'Can edit');
  await expect(app.toast).toContainText('Bob can edit now');
  await expect(other.list.quickAdd).toBeVisible();
  await other.list.complete('Order badges');
  await other.allSent();
});

test.describe('revoked access', () => {
  // The browser logs refused connections and 404 answers.
  test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED|status of 404/] });

  test('revoking while the guest is offline reports it with the unsent changes and removes the replica', async ({
    app,
    service,
    elsewhere,
  }) => {
    const bob = await createPerson(service, 'Bob');
    const share = await folderOf(app);
    await share.invite(bob.address);
    await expect(share.person('Bob')).toBeVisible();
    const other = await elsewhere();
    await other.signIn(bob);
    await sharedItem(other).click();
    await expect(other.list.row('Order badges')).toBeVisible();
    await other.allLoaded();

    await other.page.context().setOffline(true);
    await other.list.add('Never arrives');
    await share.remove('Bob');
    await expect(app.toast).toContainText('Removed Bob');
    await expect(other.list.row('Order badges')).toBeVisible();
    await other.page.context().setOffline(false);

    const { main } = other.list;
    await expect(main).toContainText('“Trade fair” is no longer shared with you');
    await expect(main).toContainText('1 of your changes was not sent.');
    await expect(sharedItem(other)).toHaveCount(0);
    await expect.poll(() => localCopy(other)).not.toContain('Order badges');
    await main.getByRole('link', { name: 'See what is not synced' }).click();
    await expect(main).toContainText('Never arrives');
    await other.page.goBack();
    await main.getByRole('link', { name: 'Go to my tasks' }).click();
    await expect(other.list.title).toHaveText('Today');
  });
});

/** The tasks stored in this browser, as text. */
function localCopy({ page }: AppPageModel): Promise<string> {
  return page.evaluate(async () => {
    const { name = '' } = (await indexedDB.databases()).find((each) => each.name?.startsWith('threefold:')) ?? {};
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.addEventListener('success', () => resolve(opening.result));
      opening.addEventListener('error', () => reject(new Error('The database did not open.')));
    });
    const held: unknown[] = [];
    for (const store of ['rows', 'firstScreens'].filter((each) => database.objectStoreNames.contains(each))) {
      const request = database.transaction(store).objectStore(store).getAll();
      await new Promise((resolve) => request.addEventListener('success', resolve));
      held.push(request.result);
    }
    database.close();
    return JSON.stringify(held);
  });
}

test.describe('without a network', () => {
  test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED|Failed to fetch/] });

  test('a shared folder is there after a restart, and changes to it wait', async ({ app, service, elsewhere }) => {
    const bob = await createPerson(service, 'Bob');
    const share = await folderOf(app);
    await share.invite(bob.address);
    await expect(share.person('Bob')).toBeVisible();
    const other = await elsewhere();
    await other.signIn(bob);
    // Never opened here: stored like an own folder.
    await expect(sharedItem(other)).toBeVisible();
    await expect.poll(() => localCopy(other)).toContain('Order badges');
    await other.allLoaded();
    await other.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

    await other.page.context().setOffline(true);
    await other.page.reload();
    await sharedItem(other).click();
    await expect(other.list.row('Order badges')).toBeVisible();
    await other.list.complete('Order badges');
    await other.list.add('Book the stand');
    await share.close();
    await shareDialogPageModel(app.page).open();
    await expect(share.person('Bob')).toBeVisible();
    await app.page.context().setOffline(true);
    await expect(share.dialog).toContainText('Sharing needs the network.');
    await expect(share.person('Bob')).toBeDisabled();
    await app.page.context().setOffline(false);
    await share.close();

    await other.page.context().setOffline(false);
    await expect(app.list.row('Book the stand')).toBeVisible();
    await expect(app.list.row('Order badges')).toBeHidden();
  });
});

test.describe('what cannot be shared', () => {
  test.use({ expectedErrors: [/status of 400/] });

  test('is explained beside the field, and private tasks stay hidden', async ({ app }) => {
    const share = await folderOf(app);
    await share.invite('nobody');
    await expect(share.dialog).toContainText('“nobody” is not an email address');
    await share.invite('nobody@example.com');
    await expect(share.dialog).toContainText(
      'nobody@example.com was not invited: there is no account with this address.',
    );
    await expect(share.address).toHaveValue('nobody@example.com');
    await expect(share.address).toHaveAttribute('aria-invalid', 'true');
  });
});

test('changing or revoking a role in the dialog can be undone', async ({ app, service }) => {
  const bob = await createPerson(service, 'Bob');
  const share = await folderOf(app);
  await share.invite(bob.address);
  await share.setRole('Bob', 'Can view');
  await expect(share.person('Bob')).toHaveText('Can view');
  await app.toast.getByRole('button', { name: 'Undo' }).click();
  await expect(share.person('Bob')).toHaveText('Can edit');
  await share.remove('Bob');
  await expect(share.person('Bob')).toHaveCount(0);
  await app.toast.getByRole('button', { name: 'Undo' }).click();
  await expect(share.person('Bob')).toHaveText('Can edit');
});

test('a guest can leave a shared folder', async ({ app, service, elsewhere }) => {
  const bob = await createPerson(service, 'Bob');
  const share = await folderOf(app);
  await share.invite(bob.address);
  await expect(share.person('Bob')).toBeVisible();
  const other = await elsewhere();
  await other.signIn(bob);
  await sharedItem(other).click({ button: 'right' });
  await other.page.getByRole('menuitem', { name: 'Leave folder' }).click();
  await other.page.getByRole('alertdialog').getByRole('button', { name: 'Leave folder' }).click();
  await expect(other.toast).toContainText('You left “Trade fair”');
  await expect(sharedItem(other)).toHaveCount(0);
});
