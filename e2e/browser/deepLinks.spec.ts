import { appOn } from './pages/app.ts';
import { expect, test } from './fixtures.ts';

test('a link opened before signing in is there afterwards, with query and fragment', async ({
  page,
  person,
  service,
}) => {
  const app = appOn(page);
  await app.signIn(person, '/upcoming?from=mail#note');
  await expect(page).toHaveURL(`${service.url}/upcoming?from=mail#note`);
  await expect(app.list.title).toHaveText('Upcoming');
});

test('whoever turns back at the provider is where they were, and can try again', async ({ page, person, service }) => {
  const app = appOn(page);
  await page.goto('/important#later');
  await app.signInButton.click();
  await app.provider.cancel();
  await expect(page).toHaveURL(`${service.url}/important#later`);
  await app.signInButton.click();
  await app.provider.address.waitFor();
  await page.goBack();
  await expect(app.signInButton).toBeEnabled();
  await app.signInButton.click();
  await app.provider.signIn(person);
  await expect(page).toHaveURL(`${service.url}/important#later`);
  await expect(app.list.title).toHaveText('Important');
});

test('a task has an address: reload, a new tab, back and forward', async ({ app, context }) => {
  const { page, list, editor, sidebar } = app;
  await sidebar.open('Tasks');
  await list.add('Find the key');
  await app.allSent();
  await list.open('Find the key');
  await expect(editor.subject).toHaveValue('Find the key');
  // The local id is gone from the address once the service has answered.
  await expect(page).toHaveURL(/\/folders\/[\w-]+\/tasks\/(?!local-)[\w-]+$/);
  const address = page.url();

  await page.reload();
  await expect(editor.subject).toHaveValue('Find the key');
  const tab = appOn(await context.newPage());
  await tab.page.goto(address);
  await expect(tab.editor.subject).toHaveValue('Find the key');
  await expect(tab.page).toHaveTitle('Find the key · Tasks · Threefold');

  await sidebar.view('Upcoming').click();
  await expect(list.title).toHaveText('Upcoming');
  await page.goBack();
  await expect(page).toHaveURL(address);
  await expect(editor.subject).toHaveValue('Find the key');
  await page.goForward();
  await expect(list.title).toHaveText('Upcoming');
  await expect(page).toHaveTitle('Upcoming · Threefold');
});

test.describe('links that lead elsewhere, or nowhere', () => {
  // A folder that is not there is asked for once, and the browser notes the answer.
  test.use({ expectedErrors: [/status of 404.*nothing-here/] });

  test('one’s own long link becomes the short one; somebody else’s is refused; nonsense says so', async ({
    app,
    person,
  }) => {
    const { page, list, sidebar } = app;
    await sidebar.open('Tasks');
    const folder = new URL(page.url()).pathname;
    await page.goto(`/people/${encodeURIComponent(person.address.toUpperCase())}${folder}?a=b#c`);
    await expect(page).toHaveURL(new RegExp(`${folder}\\?a=b#c$`));
    await expect(list.title).toHaveText('Tasks');

    await page.goto(`/people/somebody.else%40example.com${folder}`);
    await expect(page.getByRole('main')).toContainText('somebody.else@example.com');
    await page.goto('/no/such/place');
    await expect(page.getByRole('main').getByRole('heading')).toBeVisible();
    await page.goto('/folders/nothing-here');
    await expect(page.getByRole('main').getByRole('heading')).toBeVisible();
  });
});
