import { expect, test } from '../fixtures.ts';

test('words in a quick-add line become chips before Enter, and fields after it', async ({ app }) => {
  const { page, sidebar, list, editor } = app;
  await sidebar.open('Tasks');
  await app.allLoaded();
  await list.quickAdd.fill('pay rent every month on the 1st !high #home ^2027-03-05 remind 9:00');
  const chips = list.main.getByRole('list', { name: 'Recognised' });
  await expect(chips.getByRole('listitem')).toHaveText([
    'Every month on the 1st',
    'High importance',
    'home (new category)',
    /^Due Fri,? 5 Mar 2027/,
    /^Remind .*09:00/,
  ]);
  await chips.getByRole('button', { name: 'Keep “#home” as text' }).click();
  await expect(list.quickAdd).toBeFocused();
  await expect(chips.getByRole('listitem')).toHaveCount(4);
  await list.quickAdd.press('Enter');
  await list.open('pay rent #home');
  await expect(editor.date('Due')).toContainText(/Fri,? 5 Mar 2027/);
  await expect(editor.date('Reminder')).toContainText('09:00');
  await expect(editor.date('Repeat')).toHaveText('Every month on the 1st');
  await expect(editor.importance('High')).toBeChecked();

  // The first Escape keeps text and focus; the second leaves the field.
  await list.quickAdd.fill('Call the bank tomorrow');
  await expect(chips.getByRole('listitem')).toHaveCount(1);
  await list.quickAdd.press('Escape');
  await expect(chips).toBeHidden();
  await expect(list.quickAdd).toBeFocused();
  await list.quickAdd.press('Enter');
  await expect(list.row('Call the bank tomorrow')).toBeVisible();
  await expect(page.getByRole('row', { name: /Call the bank tomorrow, due/ })).toHaveCount(0);

  // Pasted lines are one action with one undo, which puts them back into the field.
  const lines = Array.from({ length: 120 }, (_, at) => `- Line ${at + 1}`).join('\n');
  await list.quickAdd.fill(lines);
  await list.main.getByRole('button', { name: 'Add 120 tasks' }).click();
  await expect(app.toast).toContainText('Added 120 tasks');
  await expect(list.quickAdd).toHaveValue('');
  const [first, second] = [
    list.grid.getByRole('row', { name: /^Line 1(,|$)/ }),
    list.grid.getByRole('row', { name: /^Line 2(,|$)/ }),
  ];
  await expect(first).toBeVisible();
  // In the order of the lines, sent or not.
  const indexOf = async (row: typeof first) => Number(await row.getAttribute('aria-rowindex'));
  await expect.poll(async () => (await indexOf(second)) - (await indexOf(first))).toBe(1);
  await app.allSent();
  await expect(first).toBeVisible();
  expect((await indexOf(second)) - (await indexOf(first))).toBe(1);
  await app.toast.getByRole('button', { name: 'Undo' }).click();
  await expect(list.quickAdd).toHaveValue(/^Line 1\nLine 2\n[^]*Line 120$/);
  await expect(first).toBeHidden();
});
