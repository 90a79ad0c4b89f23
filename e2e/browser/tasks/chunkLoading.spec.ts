import type { BrowserContext } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { appPageModel } from '../pages/appPageModel.ts';
import type { AppPageModel } from '../pages/appPageModel.ts';
import { attachmentsPageModel } from '../pages/attachmentsPageModel.ts';
import type { TestAccount } from '../support/serviceProcess.ts';
import { sampleFile } from '../support/sampleFiles.ts';

/** Holds chunks back from the page and its service worker; call the result to release them. */
async function holdRequests(context: BrowserContext, parts: RegExp): Promise<() => void> {
  let releaseRequests = () => {};
  const mayCome = new Promise<void>((resolve) => (releaseRequests = resolve));
  await context.route(parts, async (route) => {
    await mayCome;
    await route.continue();
  });
  return releaseRequests;
}

/** Creates tasks and a folder Garden on another device. */
async function createElsewhere(other: AppPageModel, person: TestAccount, ...subjects: readonly string[]) {
  await other.signIn(person);
  await other.sidebar.addFolder('Garden', 'My Tasks');
  await other.sidebar.open('Tasks');
  await other.list.add(...subjects);
  await other.allSent();
}

test.describe('before a chunk of the app has loaded', () => {
  test('keys typed for a dialog reach it in order, and Escape cancels it', async ({ page, person, elsewhere }) => {
    const app = appPageModel(page);
    const { sidebar, list, toast } = app;
    await createElsewhere(await elsewhere(), person, 'Dig a pond', 'Mow the lawn');
    const releaseRequests = await holdRequests(page.context(), /\/assets\/(tasks|controls)-[^/]*\.js/);
    await app.signIn(person);
    await sidebar.open('Tasks');

    await list.row('Mow the lawn').press('m');
    await page.keyboard.press('Escape');
    await list.row('Dig a pond').press('m');
    // In the list, these keys would open pickers, and Enter the task.
    await page.keyboard.type('gard');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menu')).toHaveCount(0);
    releaseRequests();
    await expect(toast).toContainText('Moved “Dig a pond” to “Garden”');
    await expect(list.row('Dig a pond')).toBeHidden();
    await expect(list.row('Mow the lawn')).toHaveAccessibleName('Mow the lawn');
    await expect(page).toHaveURL(/\/folders\/[^/]+$/);
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  test('a day typed for a picker reaches it', async ({ page, person, elsewhere }) => {
    const app = appPageModel(page);
    const { sidebar, list } = app;
    await createElsewhere(await elsewhere(), person, 'Dig a pond');
    const releaseRequests = await holdRequests(page.context(), /\/assets\/(tasks|controls)-[^/]*\.js/);
    await app.signIn(person);
    await sidebar.open('Tasks');
    await list.row('Dig a pond').press('d');
    await page.keyboard.type('tomorrow');
    await page.keyboard.press('Enter');
    releaseRequests();
    await expect(list.row('Dig a pond')).toHaveAccessibleName(/due tomorrow/);
  });

  test('letters typed while a task opens go into its title', async ({ page, person }) => {
    const app = appPageModel(page);
    const { sidebar, list, editor } = app;
    const releaseRequests = await holdRequests(page.context(), /\/assets\/editor-[^/]*\.js/);
    await app.signIn(person);
    await sidebar.open('Tasks');
    await list.add('Dig a pond', 'Mow the lawn');
    await list.row('Dig a pond').press('Enter');
    await page.keyboard.type(' now');
    releaseRequests();
    await expect(editor.subject).toBeFocused();
    await expect(editor.subject).toHaveValue('Dig a pond now');
    await expect(list.row('Dig a pond now')).toBeVisible();
  });

  test('a date in words is applied once the parser has loaded', async ({ page, person, elsewhere }) => {
    const app = appPageModel(page);
    const { sidebar, list, editor } = app;
    await createElsewhere(await elsewhere(), person, 'Dig a pond');
    const releaseRequests = await holdRequests(page.context(), /\/assets\/parser-[^/]*\.js/);
    await app.signIn(person);
    await sidebar.open('Tasks');
    await list.open('Dig a pond');
    await editor.date('Due').click();
    await page.getByRole('textbox', { name: 'Due in words' }).fill('2027-04-12');
    await page.keyboard.press('Enter');
    releaseRequests();
    await expect(editor.date('Due')).toContainText('12 Apr');
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  test('files dropped, pasted or chosen are attached once the chunk has loaded', async ({ page, person }) => {
    const app = appPageModel(page);
    const { sidebar, list, editor } = app;
    const releaseRequests = await holdRequests(page.context(), /\/assets\/editor-[^/]*\.js/);
    let releaseSending = () => {};
    const maySend = new Promise<void>((resolve) => (releaseSending = resolve));
    await app.signIn(person);
    await sidebar.open('Tasks');
    await page.route(/\/tasks(\?|$)/, async (route) => {
      if (route.request().method() === 'POST') await maySend;
      await route.fallback();
    });
    await list.add('Dig a pond', 'Mow the lawn');
    const attachments = attachmentsPageModel(page);
    // On rows of unsent tasks, whose ids change before the files are attached.
    await attachments.drop([sampleFile('pond.txt', 'text/plain', 'Deep')], list.row('Dig a pond'));
    await expect(page).toHaveURL(/\/tasks\/local-/);
    await attachments.drop([sampleFile('lawn.txt', 'text/plain', 'Wide')], list.row('Mow the lawn'));
    releaseSending();
    await expect(page).toHaveURL(/\/tasks\/(?!local-)[\w-]+$/);
    releaseRequests();
    await expect(editor.subject).toHaveValue('Mow the lawn');
    await attachments.drop([sampleFile('quote.txt', 'text/plain', 'Much')]);
    await attachments.paste(sampleFile('pasted.txt', 'text/plain', 'From elsewhere'));
    await attachments.addFiles(sampleFile('chosen.txt', 'text/plain', 'From the disk'));
    for (const name of ['lawn.txt', 'quote.txt', 'pasted.txt', 'chosen.txt']) {
      await expect(attachments.row(name)).toHaveCount(1);
    }
    await list.open('Dig a pond');
    await expect(editor.subject).toHaveValue('Dig a pond');
    await expect(attachments.row('pond.txt')).toHaveCount(1);
    await app.allSent();
    await page.reload();
    await expect(attachments.section.getByRole('listitem')).toHaveCount(1);
  });

  test('a quick-add line is parsed once the parser has loaded', async ({ page, person }) => {
    const app = appPageModel(page);
    const { sidebar, list } = app;
    const releaseRequests = await holdRequests(page.context(), /\/assets\/parser-[^/]*\.js/);
    await app.signIn(person);
    await sidebar.open('Tasks');
    await list.quickAdd.click();
    await page.keyboard.type('Dig a pond tomorrow');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Mow the lawn !high');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Rake');
    await expect(list.quickAdd).toHaveValue('Dig a pond tomorrow\nMow the lawn !high\nRake');
    releaseRequests();
    await expect(list.row('Dig a pond')).toHaveAccessibleName(/^Dig a pond, .*due tomorrow/);
    await expect(list.row('Mow the lawn')).toHaveAccessibleName(/^Mow the lawn, .*high importance/);
    await expect(list.quickAdd).toHaveValue('Rake');
  });

  test('keys typed for another page reach it once it is rendered', async ({ page, person }) => {
    const app = appPageModel(page);
    const { list } = app;
    const releaseRequests = await holdRequests(page.context(), /\/assets\/pages-[^/]*\.js/);
    await app.signIn(person, '/today');
    await expect(list.title).toHaveText('Today');
    for (const key of ['g', 'w', 'n']) await page.keyboard.press(key);
    await page.keyboard.type('Dig a pond');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/waiting$/);
    releaseRequests();
    await expect(list.title).toHaveText('Today');
    await expect(list.row('Dig a pond')).toBeVisible();
  });
});

test.describe('when the network fails', () => {
  test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED|Failed to fetch/] });

  test('a dialog whose chunk cannot load is reported, and does not block the next one', async ({ app }) => {
    const { page, sidebar, list, toast } = app;
    await sidebar.open('Tasks');
    await app.allLoaded();
    await list.add('Order a skip');
    await app.allSent();
    await list.row('Order a skip').press('Shift+Delete');
    const question = page.getByRole('alertdialog', { name: 'Delete permanently?' });
    await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused();
    await page.context().setOffline(true);
    await expect(question).toBeHidden();
    await expect(toast).toContainText('needs the network. Nothing was deleted.');
    await page.context().setOffline(false);
    await app.allSent();
    await expect(question).toBeHidden();
    await list.row('Order a skip').press('Shift+Delete');
    await question.getByRole('button', { name: 'Delete permanently' }).click();
    await expect(toast).toContainText('is deleted permanently');
  });
});
