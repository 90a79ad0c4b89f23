import { expect, test } from '../fixtures.ts';

/**
 * Two windows of one account change the same field while one is offline
 * (docs/architecture.md#conflicts-are-decided-per-field).
 */
test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED|status of (412|429)/] });

test('both versions of a conflict show side by side, and nothing is lost until one is chosen', async ({
  app,
  elsewhere,
  person,
}) => {
  await app.list.add('Renew passport');
  await app.list.open('Renew passport');
  await app.allSent();
  const other = await elsewhere();
  await other.signIn(person);
  await other.list.open('Renew passport');
  await app.allLoaded();

  await app.page.context().setOffline(true);
  await app.editor.rename('Renew my passport');
  await app.editor.write('Bring the old one');
  await app.editor.setImportance('High');
  await other.editor.rename('Renew both passports');
  await other.editor.write('Pay online first');
  await other.allSent();
  await app.page.context().setOffline(false);

  await app.page.goto('/waiting');
  const main = app.page.getByRole('main');
  await expect(main.getByText('Changed elsewhere.', { exact: false })).toBeVisible();
  await expect(main.getByRole('button', { name: 'On this device: Renew my passport' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );

  await main.getByRole('button', { name: 'In the mailbox: Pay online first' }).click();
  await main.getByRole('button', { name: 'Save this mix' }).click();
  await expect(main.getByText('Everything is synced')).toBeVisible();

  await other.page.reload();
  await expect(other.editor.subject).toHaveValue('Renew my passport');
  await expect(other.editor.notes).toHaveValue('Pay online first');
  await expect(other.editor.importance('High')).toBeChecked();

  // A pause requested by the service is kept, and shown with its length.
  let isBusy = true;
  await other.page.route(/\/tasks\('/, (route) =>
    isBusy && route.request().method() === 'PATCH'
      ? route.fulfill({ status: 429, headers: { 'Retry-After': '4' } })
      : route.fallback(),
  );
  await other.editor.rename('Renew passports');
  await other.page.getByRole('link', { name: 'The server is busy. 1 change waits.' }).click();
  const stripe = other.page.getByRole('main').getByRole('status');
  await expect(stripe).toContainText(/Retrying in \d seconds?\./);
  await expect(stripe).toContainText(/Retrying in \d s\./);
  isBusy = false;
  await expect(other.page.getByRole('main').getByText('Everything is synced')).toBeVisible();
});
