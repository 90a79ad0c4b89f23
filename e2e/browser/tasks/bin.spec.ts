import { expect, test } from '../fixtures.ts';
import { accessibilityViolations } from '../support/accessibility.ts';

test.describe('the bin', () => {
  test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED|Failed to fetch/] });

  test('a task restored from the bin keeps its id', async ({ app }) => {
    const { page, sidebar, list, editor, toast } = app;
    await sidebar.open('Tasks');
    await list.add('Renew passport', 'Water the plants');
    await list.open('Renew passport');
    await editor.write('With the old photo');
    await app.allSent();
    const address = page.url();
    await editor.close();
    await list.delete('Renew passport');
    await app.allSent();

    await app.chooseFromAccount('Bin');
    const deleted = page.getByRole('list', { name: 'Deleted' }).getByRole('listitem');
    await expect(deleted).toHaveText(/^Renew passportFrom Tasks · deleted /);
    expect(await accessibilityViolations(page), 'bin').toEqual([]);
    await page.getByRole('button', { name: 'Restore “Renew passport”' }).press('Enter');
    await expect(toast).toContainText('Restored “Renew passport”');
    await expect(deleted).toBeHidden();
    await app.allSent();
    await page.goto(address);
    await expect(editor.subject).toHaveValue('Renew passport');
    await expect(editor.notes).toContainText('With the old photo');
    await editor.close();

    // An unsent delete is in the bin, too, and can be restored.
    const waiting = page.getByRole('list', { name: 'Deleted here, not synced yet' }).getByRole('listitem');
    await list.row('Water the plants').focus();
    await page.keyboard.press('Delete');
    await app.chooseFromAccount('Bin');
    await expect(waiting).toHaveText(/^Water the plantsFrom Tasks/);
    await waiting.getByRole('button', { name: 'Restore “Water the plants”' }).click();
    await expect(page.getByText('The bin is empty', { exact: true })).toBeVisible();
    await sidebar.open('Tasks');
    await list.row('Water the plants').focus();
    await page.keyboard.press('Delete');
    await app.allSent();
    await app.chooseFromAccount('Bin');
    await expect(deleted).toHaveText(/^Water the plants/);

    // Offline it is as last read.
    await page.goto('/today');
    await app.allLoaded();
    await page.context().setOffline(true);
    await app.chooseFromAccount('Bin');
    await expect(deleted).toHaveText(/^Water the plants/);
    await expect(page.getByText('This is the bin as it was last seen')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Empty bin' })).toBeDisabled();
    await page.context().setOffline(false);
    await expect(page.getByRole('button', { name: 'Empty bin' })).toBeEnabled();
    await page.getByRole('button', { name: 'Empty bin' }).click();
    const question = page.getByRole('alertdialog', { name: 'Empty the bin?' });
    await expect(question).toContainText('“Water the plants”');
    await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused();
    await question.getByRole('button', { name: 'Empty bin' }).click();
    await expect(page.getByText('The bin is empty', { exact: true })).toBeVisible();
  });
});

test.describe('permanent deletion', () => {
  test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED|Failed to fetch/] });

  test('deleting permanently names the task, keeps it unless confirmed, and needs the network', async ({ app }) => {
    const { page, sidebar, list, toast } = app;
    await sidebar.open('Tasks');
    await list.add('Order a skip for the rubble');
    await app.allSent();
    await list.row('Order a skip for the rubble').focus();
    await page.keyboard.press('Shift+Delete');
    const question = page.getByRole('alertdialog', { name: 'Delete permanently?' });
    await expect(question).toContainText('“Order a skip for the rubble” and its notes');
    await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(question).toBeHidden();
    await expect(list.row('Order a skip')).toBeFocused();

    await page.context().setOffline(true);
    await page.keyboard.press('Shift+Delete');
    await expect(toast).toContainText('needs the network');
    await page.context().setOffline(false);
    await app.allSent();

    await list.row('Order a skip').focus();
    await page.keyboard.press('Shift+Delete');
    await question.getByRole('button', { name: 'Delete permanently' }).click();
    await expect(toast).toContainText('is deleted permanently');
    await expect(list.row('Order a skip')).toBeHidden();
    await page.goto('/bin');
    await expect(page.getByText('The bin is empty', { exact: true })).toBeVisible();
  });
});
