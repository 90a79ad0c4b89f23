import type { BrowserContext, Page } from '@playwright/test';
import { appPageModel } from '../pages/appPageModel.ts';
import type { AppPageModel } from '../pages/appPageModel.ts';
import { expect, test } from '../fixtures.ts';
import { accessibilityViolations } from '../support/accessibility.ts';

/** Notifications that the app requested; permission and display belong to the system, which may have no screen here. */
async function listenForNotices(context: BrowserContext) {
  await context.addInitScript(() => {
    Object.defineProperty(Notification, 'permission', { get: () => 'granted' });
    if (typeof ServiceWorkerRegistration === 'undefined') return;
    ServiceWorkerRegistration.prototype.showNotification = async (title, options) => {
      const shownNotices = JSON.parse(localStorage.getItem('said') ?? '[]');
      localStorage.setItem('said', JSON.stringify([...shownNotices, { title, ...options }]));
    };
  });
  return async (page: Page) => JSON.parse(await page.evaluate(() => localStorage.getItem('said') ?? '[]'));
}

/** The reminders' chunk loads after the first screen. */
const isWatching = (page: Page) => page.getByRole('region', { name: 'Reminders' }).waitFor({ state: 'attached' });

/** A task with a reminder in ten minutes, on a clock that the test moves; seen from two tabs. */
async function twoTabs(app: AppPageModel, context: BrowserContext) {
  await context.clock.install();
  await app.page.reload();
  await app.sidebar.open('Tasks');
  await isWatching(app.page);
  await app.page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await app.list.add('Take the bread out remind in 10 minutes');
  await expect(app.list.row('Take the bread out')).toHaveAccessibleName(/reminder/);
  const other = appPageModel(await context.newPage());
  await other.page.goto('/all');
  await expect(other.list.row('Take the bread out')).toBeVisible();
  await isWatching(other.page);
  return other;
}

test('a system notification is shown once, not once per tab', async ({ app, context }) => {
  const shownNotices = await listenForNotices(context);
  await twoTabs(app, context);
  await context.clock.fastForward('05:00');
  expect(await shownNotices(app.page)).toEqual([]);
  await context.clock.runFor('06:00');
  await expect.poll(() => shownNotices(app.page)).toHaveLength(1);
  await context.clock.fastForward('30:00');
  const [notice] = await shownNotices(app.page);
  expect(await shownNotices(app.page)).toHaveLength(1);
  expect(notice).toMatchObject({ title: 'Take the bread out', data: { kind: 'reminder' } });
  expect(notice.actions.map(({ action }: { action: string }) => action)).toEqual(['complete', 'snooze']);
  // The system shows it, so the app does not.
  await expect(app.page.getByRole('region', { name: 'Reminders' }).getByRole('article')).toHaveCount(0);
});

test('without permission, reminders show in the app in every tab, also missed ones', async ({ app, context }) => {
  const other = await twoTabs(app, context);
  await context.clock.fastForward('11:00');
  const card = (page: Page) => page.getByRole('article', { name: 'Take the bread out' });
  await expect(card(app.page)).toBeVisible();
  await expect(card(other.page)).toBeVisible();
  await expect(app.page.locator('body')).not.toContainText('Allow');
  expect(await accessibilityViolations(app.page)).toEqual([]);

  // It takes space of its own and covers nothing; F6 moves into it, and Escape back.
  const banner = app.page.getByRole('region', { name: 'Reminders' });
  await expect
    .poll(async () => {
      const [above, below] = [await app.list.main.boundingBox(), await banner.boundingBox()];
      return above !== null && below !== null && above.y + above.height <= below.y;
    })
    .toBe(true);
  await app.list.quickAdd.focus();
  await app.page.keyboard.press('F6');
  await expect(card(app.page).getByRole('button', { name: 'Take the bread out', exact: true })).toBeFocused();
  await app.page.keyboard.press('Tab');
  await app.page.keyboard.press('Escape');
  await expect(app.list.quickAdd).toBeFocused();

  await card(app.page).getByRole('button', { name: 'Snooze' }).click();
  await app.page.getByRole('menuitem', { name: '1 hour' }).click();
  await expect(card(app.page)).toBeHidden();
  await expect(card(other.page)).toBeHidden();
  await other.page.close();

  // Closed when it was due: shown when the app opens.
  await app.allSent();
  await app.page.goto('about:blank');
  await context.clock.fastForward('02:00:00');
  await app.page.goto('/');
  await expect(card(app.page)).toBeVisible();
  await card(app.page).getByRole('button', { name: 'Complete' }).click();
  await expect(card(app.page)).toBeHidden();
  await app.allSent();
  await app.page.reload();
  await isWatching(app.page);
  await expect(card(app.page)).toBeHidden();
});

test('notification permission is explained at the first reminder, and requested by a button', async ({ app }) => {
  const { page, sidebar, list, editor } = app;
  await page.addInitScript(() => {
    Object.defineProperty(Notification, 'permission', { get: () => localStorage.getItem('permission') ?? 'default' });
    Notification.requestPermission = async () => {
      localStorage.setItem('permission', 'denied');
      return 'denied';
    };
  });
  await page.reload();
  await sidebar.open('Tasks');
  await list.add('Call Bo');
  await list.open('Call Bo');
  await app.allLoaded();
  await editor.date('Reminder').click();
  const panel = page.getByRole('dialog', { name: 'Reminder' });
  await panel.getByRole('button', { name: /^Tomorrow morning/ }).click();
  await expect(editor.date('Reminder')).toContainText('09:00');
  const question = editor.pane.getByRole('group', { name: 'Notifications' });
  await expect(question).toContainText('Reminders show inside Threefold.');
  await question.getByRole('button', { name: 'Turn on notifications' }).click();
  await expect(editor.pane).toContainText('This browser blocks notifications.');

  // The time is typed in the locale's format, and Escape keeps the fields' values.
  await editor.date('Reminder').click();
  await panel.getByRole('spinbutton', { name: /hour/i }).focus();
  await page.keyboard.type('1415');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(editor.date('Reminder')).toContainText('14:15');
  await editor.date('Reminder').click();
  await panel.getByRole('button', { name: 'No reminder' }).click();
  await expect(editor.date('Reminder')).toContainText('None');
});

test('the date popovers have no accessibility violation', async ({ app }) => {
  const { page, sidebar, list, editor } = app;
  await sidebar.open('Tasks');
  await app.allLoaded();
  await list.quickAdd.fill('pay rent every month on the 31st !high #home ^fri remind 9:00');
  await expect(list.main.getByRole('list', { name: 'Recognised' })).toBeVisible();
  expect(await accessibilityViolations(page), 'chips').toEqual([]);
  await list.quickAdd.press('Enter');
  await list.open('pay rent');
  for (const name of ['Start', 'Due', 'Reminder'] as const) {
    await editor.date(name).click();
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    expect(await accessibilityViolations(page), name).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name })).toBeHidden();
  }
  await editor.date('Repeat').click();
  await page.getByRole('menuitem', { name: 'Custom…' }).click();
  await expect(page.getByRole('menu')).toBeHidden();
  const dialog = page.getByRole('dialog', { name: 'Repeat' });
  for (const unit of ['Months', 'Weeks', 'Years', 'Days']) {
    await dialog.getByRole('radio', { name: unit }).click();
    expect(await accessibilityViolations(page), unit).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await accessibilityViolations(page), 'on a phone').toEqual([]);
});
