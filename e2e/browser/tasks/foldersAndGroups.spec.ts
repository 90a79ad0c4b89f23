import { expect, test } from '../fixtures.ts';
import type { AppPageModel } from '../pages/appPageModel.ts';

async function addGarden({ sidebar, list }: AppPageModel) {
  await sidebar.addGroup('House');
  await sidebar.addFolder('Garden', 'House');
  await expect(list.title).toHaveText('Garden');
  await list.add('Water the plants');
}

test('a folder and a group keep their new names on another device', async ({ app, person, elsewhere }) => {
  await addGarden(app);
  await app.sidebar.rename('Garden', 'Allotment');
  await expect(app.list.title).toHaveText('Allotment');
  await app.sidebar.rename('House', 'Home');
  await app.allSent();
  const other = await elsewhere();
  await other.signIn(person);
  await other.sidebar.open('Allotment');
  await expect(other.list.row('Water the plants')).toBeVisible();
  await expect(other.sidebar.item('Home')).toBeVisible();
  await expect(other.sidebar.item('House')).toBeHidden();
});

test('a folder is deleted with its tasks after confirmation', async ({ app }) => {
  const { page, sidebar, list } = app;
  await addGarden(app);
  await sidebar.open('Tasks');
  await list.add('Buy milk');
  await sidebar.startDelete('Garden');
  const dialog = page.getByRole('alertdialog', { name: 'Delete “Garden” and its 1 task?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(sidebar.item('Garden')).toBeVisible();
  await sidebar.startDelete('Garden');
  await dialog.getByRole('button', { name: 'Delete folder' }).click();
  await expect(sidebar.item('Garden')).toBeHidden();
  await app.allSent();
  await page.reload();
  await expect(sidebar.item('Tasks')).toBeVisible();
  await expect(sidebar.item('Garden')).toBeHidden();
  await sidebar.view('All').click();
  await expect(list.title).toHaveText('All tasks');
  await expect(list.row('Buy milk')).toBeVisible();
  await expect(list.row('Water the plants')).toBeHidden();
});

test('deleting a group moves its folders and their tasks to the default group', async ({ app }) => {
  const { page, sidebar, list } = app;
  await addGarden(app);
  await sidebar.startDelete('House');
  const dialog = page.getByRole('alertdialog', { name: 'Delete the group “House”?' });
  await expect(dialog).toContainText('Its folder moves to My Tasks. No task is deleted.');
  await dialog.getByRole('button', { name: 'Delete group' }).click();
  await expect(sidebar.item('House')).toBeHidden();
  await app.allSent();
  await page.reload();
  await sidebar.open('Garden');
  await expect(list.row('Water the plants')).toBeVisible();
  await expect(sidebar.item('House')).toBeHidden();
});
