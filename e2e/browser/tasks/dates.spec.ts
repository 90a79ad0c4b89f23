import { appPageModel } from '../pages/appPageModel.ts';
import { expect, test } from '../fixtures.ts';

test('a date can be typed in words, and a rule that moves the other date is reported at once', async ({ app }) => {
  const { page, sidebar, list, editor } = app;
  await sidebar.open('Tasks');
  await list.add('Paint the fence');
  await list.open('Paint the fence');
  await app.allLoaded();
  await editor.date('Start').click();
  const words = page.getByRole('textbox', { name: 'Start in words' });
  // The picker opens in its text field.
  await page.keyboard.type('2027-04-12');
  await expect(words).toHaveValue('2027-04-12');
  await expect(words).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(editor.pane.getByRole('status').filter({ hasText: 'A start date needs a due date' })).toContainText(
    '12 Apr',
  );
  await expect(editor.date('Due')).toContainText('12 Apr');

  await editor.date('Due').click();
  await page.keyboard.type('2 april 2027');
  // Escape keeps the text.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await editor.date('Due').click();
  await expect(page.getByRole('textbox', { name: 'Due in words' })).toHaveValue('2 april 2027');
  await page.getByRole('textbox', { name: 'Due in words' }).press('Enter');
  await expect(editor.pane.getByRole('alert')).toContainText('comes before the start');
  await editor.pane.getByRole('button', { name: /^Move the start to/ }).click();
  await expect(editor.date('Start')).toContainText('2 Apr');
  await app.allSent();
  await page.reload();
  await expect(editor.date('Start')).toContainText('2 Apr');
  await expect(editor.date('Due')).toContainText('2 Apr');

  // The week strip: a click sets the due date, an end can be dragged, and the arrows move.
  const weeks = editor.pane.getByRole('toolbar', { name: 'Weeks' });
  const day = (name: RegExp) => weeks.getByRole('button', { name });
  await day(/\b8 April/).click();
  await expect(editor.date('Due')).toContainText('8 Apr');
  await day(/\b2 April .*start/).dragTo(day(/\b6 April/));
  await expect(editor.date('Start')).toContainText('6 Apr');
  await day(/\b8 April .*due date/).focus();
  for (const key of ['ArrowRight', 'PageDown', 'Enter']) await page.keyboard.press(key);
  await expect(editor.date('Due')).toContainText('16 Apr');
  await expect(day(/\b16 April/)).toBeFocused();
  await expect(day(/\b16 April/)).toHaveAttribute('aria-pressed', 'true');
  // A click on the start sets the due date, too. A key without effect leaves no pending focus.
  await day(/\b6 April .*start/).click();
  await expect(editor.date('Due')).toContainText('6 Apr');
  for (const key of ['Home', 'Home']) await page.keyboard.press(key);
  await editor.date('Due').click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^No date/ })
    .click();
  await expect(editor.date('Due')).toContainText('None');
  await expect(editor.date('Due')).toBeFocused();
});

test('letters typed before the calendar has loaded are kept, and ↓ leads to it once it has', async ({
  page,
  person,
}) => {
  const app = appPageModel(page);
  const { sidebar, list, editor } = app;
  let arrive = () => {};
  const arrival = new Promise<void>((resolve) => (arrive = resolve));
  // The page's request and the service worker's, which has no such file.
  await page.context().route(/\/dayCalendar[^/]*\.js/, async (route) => {
    await arrival;
    await route.continue();
  });
  await app.signIn(person);
  await sidebar.open('Tasks');
  await list.add('Paint the fence');
  await list.open('Paint the fence');
  await editor.date('Start').click();
  await expect(page.getByRole('textbox', { name: 'Start in words' })).toBeVisible();
  await page.keyboard.type('2027-04-12');
  await expect(page.getByRole('textbox', { name: 'Start in words' })).toHaveValue('2027-04-12');
  await page.keyboard.press('Enter');
  await expect(editor.date('Start')).toContainText('12 Apr');

  await editor.date('Due').click();
  await expect(page.getByRole('textbox', { name: 'Due in words' })).toBeVisible();
  await expect(page.getByRole('dialog').getByRole('grid')).toBeHidden();
  arrive();
  await expect(page.getByRole('dialog').getByRole('grid')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Due in words' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('dialog').getByRole('grid').locator(':focus')).toBeVisible();
});

test('a recurrence rule is set by keyboard alone, with a preview of its next dates', async ({ app }) => {
  const { page, sidebar, list, editor } = app;
  const { keyboard } = page;
  await sidebar.open('Tasks');
  await list.add('Water test ^2027-03-01');
  await list.open('Water test');
  await app.allLoaded();
  await editor.pane.focus();
  // A closed status list leaves the app's hotkeys alone: I is the importance, not "In progress".
  await editor.date('Due').focus();
  await keyboard.press('s');
  await expect(page.getByRole('option', { name: 'Not started' })).toBeFocused();
  await keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toBeHidden();
  await expect(editor.pane.getByRole('button', { name: /Status/ })).toBeFocused();
  await keyboard.press('i');
  await page.getByRole('dialog', { name: 'Importance of 1 task' }).getByRole('combobox').waitFor();
  await keyboard.type('high');
  await keyboard.press('Enter');
  await expect(editor.importance('High')).toBeChecked();
  await expect(editor.pane.getByRole('button', { name: /Status/ })).toContainText('Not started');
  await editor.date('Due').focus();
  await keyboard.press('r');
  await expect(page.getByRole('menu')).toBeVisible();
  await expect(page.getByRole('menuitemradio', { name: 'Does not repeat' })).toBeFocused();
  await keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Custom…' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeHidden();
  const dialog = page.getByRole('dialog', { name: 'Repeat' });
  await expect(dialog).toBeVisible();
  await dialog.getByRole('radio', { name: 'Weeks' }).focus();
  await keyboard.press('ArrowRight');
  await keyboard.press('Space');
  await expect(dialog.getByRole('radio', { name: 'Months' })).toBeChecked();
  await dialog.getByRole('radio', { name: 'On a date' }).focus();
  await keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: 'On a weekday' })).toBeChecked();
  await dialog.getByRole('button', { name: /Which one/ }).focus();
  await keyboard.press('Enter');
  await keyboard.press('End');
  await keyboard.press('Enter');
  await dialog.getByRole('button', { name: /^(Monday )?Day/ }).focus();
  await keyboard.press('Enter');
  await keyboard.type('fri');
  await keyboard.press('Enter');
  await dialog.getByRole('radio', { name: 'Never' }).focus();
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  const times = dialog.getByRole('textbox', { name: 'How many times' });
  await times.fill('0');
  await expect(dialog).toContainText('Between 1 and 999');
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeDisabled();
  await times.fill('12');
  const preview = dialog.getByRole('region', { name: 'Preview' });
  await expect(preview.getByRole('heading', { level: 3 })).toHaveText('Every month on the last Friday, 12 times');
  await expect(preview.getByRole('listitem')).toContainText([
    '26 Mar 2027',
    '30 Apr 2027',
    '28 May 2027',
    '25 Jun 2027',
    '30 Jul 2027',
    '6 more',
    '25 Feb 2028',
  ]);
  await dialog.getByRole('button', { name: 'Done' }).focus();
  await keyboard.press('Enter');
  await expect(editor.date('Repeat')).toHaveText('Every month on the last Friday, 12 times');
  // The task is on the first date, and a notice says so.
  await expect(editor.pane.getByRole('status').filter({ hasText: 'A series begins' })).toContainText('26 Mar');
  // The notice concerns this date only.
  await editor.subject.press('Control+Enter');
  await expect(editor.date('Due')).toContainText('30 Apr');
  await expect(editor.pane.getByText('A series begins')).toBeHidden();
  await app.toast.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(editor.date('Due')).toContainText('26 Mar');
  await app.allSent();
  await page.reload();
  await expect(editor.date('Repeat')).toHaveText('Every month on the last Friday, 12 times');
  await expect(editor.date('Due')).toContainText('26 Mar');
  await expect(list.row('Water test')).toHaveAccessibleName(/Repeats every month on the last Friday, 12 times/);
});

test('a series advances over a change to summer time, and undo restores it', async ({ app }) => {
  const { page, sidebar, list, editor, toast } = app;
  await sidebar.open('Tasks');
  await app.allLoaded();
  // Summer time ends in Paris on 25 October 2026, and the dates stay.
  await list.add('Bins out every mon ^2026-10-05 remind 7:30');
  await list.open('Bins out');
  const dates = ['12 Oct', '19 Oct', '26 Oct', '2 Nov', '9 Nov', '16 Nov', '23 Nov', '30 Nov'];
  // By hotkey from anywhere, and by the checkbox.
  await editor.subject.press('Control+Enter');
  await expect(editor.date('Due')).toContainText('12 Oct');
  // In a field, Ctrl+Z is the field's own undo.
  await editor.date('Due').focus();
  await page.keyboard.press('Control+z');
  await expect(editor.date('Due')).toContainText('5 Oct');
  for (const date of dates) {
    await editor.pane
      .getByRole('button', { name: /Complete/ })
      .first()
      .click();
    await expect(toast).toContainText(new RegExp(`Completed “Bins out”, next: Mon,? ${date}`));
    await expect(editor.date('Due')).toContainText(date);
    await expect(editor.date('Reminder')).toContainText('07:30');
  }
  await app.allSent();
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(editor.date('Due')).toContainText('23 Nov');
  await app.allSent();
  await page.reload();
  await expect(editor.date('Due')).toContainText('23 Nov');
  await expect(editor.date('Reminder')).toContainText('07:30');
  await expect(editor.date('Repeat')).toHaveText('Every week on Mon');
  await list.showCompleted();
  await expect(list.grid.getByRole('row', { name: /^Bins out, completed/ })).toHaveCount(7);
});

test('dates stay when the browser’s time zone changes, and a reminder shows both times', async ({
  app,
  person,
  browser,
  service,
  watch,
}) => {
  await app.sidebar.open('Tasks');
  await app.allLoaded();
  await app.list.add('Board the train ^2027-07-09 remind 9:00');
  await app.list.open('Board the train');
  await expect(app.editor.date('Reminder')).toContainText('09:00');
  await app.allSent();

  const context = await browser.newContext({ baseURL: service.url, timezoneId: 'America/Los_Angeles' });
  watch(context);
  const away = appPageModel(await context.newPage());
  await away.signIn(person);
  await away.sidebar.open('Tasks');
  await away.list.open('Board the train');
  await expect(away.editor.date('Due')).toContainText(/Fri,? 9 Jul 2027/);
  await expect(away.editor.date('Reminder')).toContainText('09:00');
  await expect(away.editor.pane).toContainText('Where you are (America/Los Angeles) that is');
  await expect(away.editor.pane).toContainText('00:00');
  await away.editor.date('Due').click();
  const words = away.page.getByRole('textbox', { name: 'Due in words' });
  await words.fill('2027-07-12');
  await words.press('Enter');
  await away.allSent();
  await context.close();
  await app.page.reload();
  await expect(app.editor.date('Due')).toContainText('12 Jul');
});

test('the completion date can be corrected, but not to a future one', async ({ app }) => {
  const { page, sidebar, list, editor } = app;
  await sidebar.open('Tasks');
  await list.add('Post the letter');
  await list.complete('Post the letter');
  await list.showCompleted();
  // The row stays in its old place for a moment.
  await expect(list.row('Post the letter')).toHaveCount(1);
  await list.open('Post the letter');
  await app.allLoaded();
  const completed = editor.pane.getByRole('button', { name: /^Completed on/ });
  await expect(completed).toContainText('Today');
  await completed.click();
  const words = page.getByRole('textbox', { name: 'Completed on in words' });
  await words.fill('tomorrow');
  await words.press('Enter');
  await expect(words).toBeHidden();
  await expect(editor.pane).toContainText('is in the future');
  await completed.click();
  await words.fill('2026-03-02');
  await words.press('Enter');
  await expect(completed).toContainText('2 Mar');
  await app.allSent();
  await page.reload();
  await expect(completed).toContainText('2 Mar');
});

test.describe('a value that the service rejects', () => {
  // The browser logs the rejection.
  test.use({ expectedErrors: [/status of 400/] });

  test('is shown beside its field with the mailbox’s value, and is announced', async ({ app }) => {
    const { page, sidebar, list, editor } = app;
    await sidebar.open('Tasks');
    await app.allLoaded();
    await list.add('Order the skip ^2027-03-05');
    await list.open('Order the skip');
    await app.allSent();
    const error = { code: 'ErrorInvalidRequest', message: 'No skip on that day.' };
    await page.route(/\/tasks\('/i, (route) =>
      route.request().method() === 'PATCH' ? route.fulfill({ status: 400, json: { error } }) : route.fallback(),
    );
    await editor.date('Due').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Due in words' }).fill('2027-03-12');
    await page.keyboard.press('Enter');
    await expect(
      editor.pane.getByText(/^Not saved: Fri,? 12 Mar 2027\. The mailbox has Fri,? 5 Mar 2027\.$/),
    ).toBeVisible();
    await expect(page.locator('[aria-live=polite]').filter({ hasText: 'refused your change' })).toHaveCount(1);
    // The rejected value is still there, and can be sent again.
    await expect(editor.date('Due')).toContainText('12 Mar');
    await page.unroute(/\/tasks\('/i);
    await editor.pane.getByRole('button', { name: 'Try again' }).press('Enter');
    await app.allSent();
    await expect(editor.pane.getByRole('region', { name: 'Not saved' })).toHaveCount(0);
    await page.reload();
    await expect(editor.date('Due')).toContainText('12 Mar');
  });
});
