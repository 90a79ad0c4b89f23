import { apiClientOf } from '../support/apiClient.ts';
import { expect, test } from '../fixtures.ts';
import { accessibilityViolations } from '../support/accessibility.ts';
import { listOf } from '../../../server/testing/json.ts';

test('categories are found, created, coloured, renamed and deleted by keyboard, offline, and shown in every row', async ({
  app,
  context,
}) => {
  const { page, sidebar, list, editor, toast } = app;
  const { keyboard } = page;
  await sidebar.open('Tasks');
  const api = await apiClientOf(page);
  await list.add('Choose worktop #Kitchen', 'Buy seeds #Garden');
  await list.open('Choose worktop');
  await app.allLoaded();
  const chips = editor.pane.getByRole('list', { name: 'Categories' });
  const picker = page.getByRole('dialog', { name: 'Categories' });
  const field = picker.getByRole('combobox', { name: 'Find or create a category' });
  const options = picker.getByRole('option');

  await editor.date('Due').focus();
  await keyboard.press('c');
  await expect(field).toBeFocused();
  await keyboard.type('Bud');
  await expect(options).toHaveText('Create “Bud”');
  await keyboard.press('Enter');
  await expect(chips.getByRole('listitem')).toHaveText(['Kitchen', 'Bud']);
  await expect(picker.getByRole('option', { name: 'Bud' })).toHaveAttribute('aria-selected', 'true');
  await app.allSent();
  await context.setOffline(true);
  expect(await accessibilityViolations(page)).toEqual([]);

  await picker.getByRole('button', { name: 'Edit categories' }).press('Enter');
  await picker.getByRole('button', { name: 'Bud', exact: true }).press('Enter');
  await picker.getByRole('textbox', { name: 'Name' }).fill('Kitchen');
  await expect(picker).toContainText('There is a category “Kitchen” already');
  await picker.getByRole('textbox', { name: 'Name' }).fill('Budget');
  await picker.getByRole('radio', { name: 'Dark green' }).check();
  await picker.getByRole('radio', { name: 'Dark green' }).press('Escape');
  await expect(picker).toBeHidden();
  await expect(chips.getByRole('listitem')).toHaveText(['Kitchen', 'Budget']);
  await expect(list.row('Choose worktop')).toHaveAccessibleName(/Kitchen, Budget/);
  await context.setOffline(false);
  await app.allSent();
  const { value } = await api.json('GET', '/threefold/v1/categories');
  expect(value).toContainEqual(expect.objectContaining({ displayName: 'Budget', color: 'preset19' }));
  const tasks = await api.json('GET', "/api/v2.0/me/tasks?$filter=Categories/any(c:c eq 'Budget')");
  expect(tasks['value']).toHaveLength(1);

  // Renamed on another device: change events report it.
  const kitchen = listOf(value).find((category) => category['displayName'] === 'Kitchen');
  await api.send('PATCH', `/threefold/v1/categories/${kitchen?.['id']}`, { displayName: 'House' });
  await expect(chips.getByRole('listitem')).toHaveText(['House', 'Budget']);

  await chips.getByRole('button', { name: 'Remove “House”' }).click();
  await expect(chips.getByRole('button', { name: 'Remove “Budget”' })).toBeFocused();
  await editor.pane.getByRole('button', { name: 'Choose categories' }).click();
  await picker.getByRole('button', { name: 'Edit categories' }).click();
  await picker.getByRole('button', { name: 'Garden', exact: true }).click();
  await picker.getByRole('button', { name: 'Delete category' }).click();
  await picker.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(toast).toContainText('Deleted the category “Garden”');
  await keyboard.press('Escape');
  await app.allSent();
  expect((await api.json('GET', "/api/v2.0/me/tasks?$filter=Categories/any(c:c eq 'Garden')"))['value']).toEqual([]);
});

test('sensitivity and importance are chosen by name', async ({ app }) => {
  const { page, sidebar, list, editor } = app;
  await sidebar.open('Tasks');
  const api = await apiClientOf(page);
  const id = await api.make({ Subject: 'See the doctor' });
  await list.open('See the doctor');
  await editor.pane.getByRole('button', { name: /Sensitivity/ }).click();
  await page.getByRole('option', { name: 'Private' }).click();
  await editor.setImportance('High');
  await app.allSent();
  await expect.poll(() => api.task(id)).toMatchObject({ Sensitivity: 'Private', Importance: 'High' });
  await expect(list.row('See the doctor')).toHaveAccessibleName(/high importance.*Private/);
});
