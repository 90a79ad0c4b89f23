import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { chromiumFlags } from '../support/chromium.ts';
import { expect, test } from '../fixtures.ts';
import { appPageModel } from '../pages/appPageModel.ts';
import { attachmentsPageModel } from '../pages/attachmentsPageModel.ts';
import { parseJson, valuesOf } from '../../../server/testing/json.ts';

/** A browser with a profile on disk, which outlives the browser. */
async function openBrowser(profile: string, baseURL: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    ...chromiumFlags(),
    baseURL,
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    viewport: { width: 1440, height: 900 },
  });
}

/** As a crash, or an empty battery. */
async function killBrowser(context: BrowserContext): Promise<void> {
  const browser = context.browser();
  if (browser === null) throw new Error('There is no browser.');
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  const pid = processInfo.find(({ type }) => type === 'browser')?.id;
  if (pid === undefined) throw new Error('The browser has no process.');
  const closed = new Promise((resolve) => context.once('close', resolve));
  process.kill(pid, 'SIGKILL');
  await closed;
}

const isKept = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null);

// The browser logs each failed request, and the worker that cannot be updated.
test.use({
  expectedErrors: [/ERR_(INTERNET_DISCONNECTED|CONNECTION|INCOMPLETE)|error occurred when fetching the script/],
});

test('all changes of an offline session are sent exactly once', async ({ service, person, watch }) => {
  const profile = await mkdtemp(path.join(tmpdir(), 'threefold-profile-'));
  let context = await openBrowser(profile, service.url);
  watch(context);
  try {
    let app = appPageModel(context.pages()[0] ?? (await context.newPage()));
    await app.signIn(person);
    await app.sidebar.open('Tasks');
    await app.list.add('Old receipt', 'Stretch every day ^2027-03-05');
    await app.allSent();
    await app.allLoaded();
    await isKept(app.page);
    // A browser writes localStorage up to a minute late: it is closed once before it crashes.
    await context.close();
    context = await openBrowser(profile, service.url);
    watch(context);
    app = appPageModel(context.pages()[0] ?? (await context.newPage()));

    await context.setOffline(true);
    await service.kill();
    await app.page.goto('/');
    const { page, sidebar, list, editor } = app;
    await sidebar.addGroup('House');
    await sidebar.addFolder('Garden', 'House');
    await list.add('Mow the lawn', 'Repot the basil', 'Prune ^2027-03-09');
    await list.open('Mow the lawn');
    await editor.rename('Mow the front lawn');
    await editor.write('Before it rains.');
    await editor.date('Due').click();
    await page.keyboard.type('2027-04-12');
    await page.keyboard.press('Enter');
    await attachmentsPageModel(page).addFiles({
      name: 'plan.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('Left to right'),
    });
    await expect(attachmentsPageModel(page).row('plan.txt')).toBeVisible();
    await expect(page).toHaveURL(/folders\/local-.*\/tasks\/local-/);

    await page.reload();
    await expect(editor.subject).toHaveValue('Mow the front lawn');
    await expect(editor.notes).toHaveValue('Before it rains.');
    await expect(editor.date('Due')).toContainText('12 Apr');
    await expect(attachmentsPageModel(page).row('plan.txt')).toBeVisible();

    await list.row('Repot the basil').focus();
    await page.keyboard.press('m');
    await page.getByRole('combobox', { name: 'Folder', exact: true }).fill('Tasks');
    await page.keyboard.press('Enter');
    await expect(list.row('Repot the basil')).toBeHidden();
    await list.complete('Prune');
    const address = page.url();
    await sidebar.open('Tasks');
    await expect(list.row('Repot the basil')).toBeVisible();
    await list.complete('Stretch');
    await list.delete('Old receipt');
    await expect(list.row('Old receipt')).toBeHidden();

    await killBrowser(context);
    context = await openBrowser(profile, service.url);
    watch(context);
    // What a crash leaves of a session differs between browsers: here nothing is left.
    await context.clearCookies();
    await context.setOffline(true);
    app = appPageModel(context.pages()[0] ?? (await context.newPage()));
    await app.page.goto(address);
    await expect(app.list.title).toHaveText('Garden');
    await expect(app.editor.subject).toHaveValue('Mow the front lawn');
    await expect(attachmentsPageModel(app.page).row('plan.txt')).toBeVisible();
    await expect(app.page.getByRole('link', { name: /^Offline/ })).toBeVisible();

    await service.start();
    await context.setOffline(false);
    await expect(app.signInAgainButton).toBeVisible();
    const popup = app.page.waitForEvent('popup');
    await app.signInAgainButton.click();
    const { provider } = appPageModel(await popup);
    await provider.password.fill(person.password);
    await provider.submit();
    await app.allSent();
    await expect(app.page).toHaveURL(/\/folders\/(?!local-)[^/]+\/tasks\/(?!local-)[^/]+$/);
    await expect(app.editor.subject).toHaveValue('Mow the front lawn');
    await app.page.goto('/waiting');
    await expect(app.page.getByRole('main').getByText('Everything is synced')).toBeVisible();
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }

  const authorization = `Bearer ${await service.addToken(person.address)}`;
  const get = async (at: string) => fetch(`${service.url}/api/v2.0/me/${at}`, { headers: { authorization } });
  const rows = async (at: string) => valuesOf(parseJson(await (await get(at)).text()));
  const groups = await rows('taskgroups');
  expect(groups.map(({ Name }) => Name).toSorted()).toEqual(['House', 'My Tasks']);
  const folders = await rows('taskfolders');
  expect(folders.map(({ Name }) => Name).toSorted()).toEqual(['Garden', 'Tasks']);
  const tasksOf = async (name: string) => {
    const id = String(folders.find(({ Name }) => Name === name)?.['Id']);
    const all = await rows(`taskfolders('${id}')/tasks`);
    return all.toSorted((a, b) =>
      `${String(a['Subject'])} ${String(a['Status'])}`.localeCompare(`${String(b['Subject'])} ${String(b['Status'])}`),
    );
  };
  const house = groups.find(({ Name }) => Name === 'House');
  expect(folders.find(({ Name }) => Name === 'Garden')).toMatchObject({ ParentGroupKey: house?.['GroupKey'] });
  const garden = await tasksOf('Garden');
  expect(garden).toMatchObject([
    {
      Subject: 'Mow the front lawn',
      Status: 'NotStarted',
      HasAttachments: true,
      Body: { Content: 'Before it rains.' },
    },
    { Subject: 'Prune', Status: 'Completed' },
  ]);
  // The series is on its next date, and the completed occurrence is a task of its own.
  expect(await tasksOf('Tasks')).toMatchObject([
    { Subject: 'Repot the basil', Status: 'NotStarted' },
    { Subject: 'Stretch', Status: 'Completed', Recurrence: null },
    { Subject: 'Stretch', Status: 'NotStarted', Recurrence: { Pattern: { Type: 'Daily' } } },
  ]);
  const [file, ...others] = await rows(`tasks('${String(garden[0]?.['Id'])}')/attachments`);
  expect(others).toEqual([]);
  expect(file).toMatchObject({ Name: 'plan.txt', ContentBytes: Buffer.from('Left to right').toString('base64') });
});
