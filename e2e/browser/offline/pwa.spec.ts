import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { accessibilityViolations } from '../support/accessibility.ts';
import { readManifest } from '../support/webManifest.ts';
import { parseJson, valuesOf } from '../../../server/testing/json.ts';

/** The worker is active: everything the app needs is on this device. */
async function isKept(page: Page) {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

declare global {
  interface Window {
    /** Every badge count set by the app, once the test records them. */
    badges: unknown[];
  }
}

test('the app can be installed: manifest, icon sizes, screenshots, shortcuts and share targets', async ({
  page,
  context,
  service,
}) => {
  await page.goto('/');
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const answer = await page.request.get(href ?? '');
  expect(answer.headers()['content-type']).toContain('application/manifest+json');
  const manifest = await readManifest(answer);
  expect(manifest).toMatchObject({ name: 'Threefold', start_url: '/', scope: '/', display: 'standalone' });
  expect(manifest.theme_color).toBe(await page.locator('meta[name=theme-color]').first().getAttribute('content'));
  expect(manifest.icons.map(({ purpose }) => purpose)).toContain('maskable');
  expect(manifest.screenshots.map((shot) => shot.form_factor).toSorted()).toEqual(['narrow', 'wide']);
  expect(manifest.shortcuts.map(({ name, url }) => [name, url])).toEqual([
    ['New task', '/today?new'],
    ['Today', '/today'],
  ]);
  expect(manifest.share_target).toMatchObject({ action: '/share', method: 'POST' });
  expect(Object.values(manifest.file_handlers[0]?.accept ?? {}).flat()).toEqual(['.ics', '.eml', '.vcf']);
  expect(manifest.protocol_handlers).toEqual([{ protocol: 'web+threefold', url: '/open?link=%s' }]);

  const pictures = [...manifest.icons, ...manifest.screenshots, ...manifest.shortcuts.flatMap(({ icons }) => icons)];
  for (const { src, sizes, type } of pictures) {
    const picture = await page.request.get(src);
    expect([src, picture.status(), picture.headers()['content-type']]).toEqual([src, 200, type]);
    if (sizes === 'any') continue;
    const real = await page.evaluate(async (address) => {
      const { width, height } = await createImageBitmap(await (await fetch(address)).blob());
      return `${width}x${height}`;
    }, src);
    expect([src, real]).toEqual([src, sizes]);
  }
  const cdp = await context.newCDPSession(page);
  const read = await cdp.send('Page.getAppManifest');
  expect(read.errors).toEqual([]);
  // Nothing keeps it from being installed, except that a test's window is a private one.
  const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
  expect(new URL(read.url).origin).toBe(service.url);
});

test.describe('without the service', () => {
  // The browser logs each failed request.
  test.use({
    expectedErrors: [/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|error occurred when fetching the script/],
  });

  test('app URLs open offline, service URLs are not served from the cache', async ({ app, person, service }) => {
    const { page, list, editor, sidebar } = app;
    await sidebar.open('Tasks');
    await list.add('Buy bread');
    await app.allSent();
    await list.open('Buy bread');
    await expect(editor.subject).toHaveValue('Buy bread');
    await expect(page).toHaveURL(/\/tasks\/(?!local-)/);
    const task = new URL(page.url()).pathname;
    const folder = task.replace(/\/tasks\/.*/, '');
    await isKept(page);

    await service.kill();
    try {
      for (const [address, heading] of [
        ['/', 'Tasks'],
        ['/today', 'Today'],
        ['/upcoming?from=mail#note', 'Upcoming'],
        [folder, 'Tasks'],
        [task, 'Tasks'],
        [`/people/${encodeURIComponent(person.address)}${folder}`, 'Tasks'],
        ['/settings', 'Settings'],
        ['/waiting', 'Not synced yet'],
      ] as const) {
        await page.goto(address);
        await expect(page.getByRole('main').getByRole('heading', { level: 1 }), address).toHaveText(heading);
      }
      // Fonts and lazily loaded chunks are cached, too.
      await app.allLoaded();
      expect(
        await page.evaluate(async () => (await document.fonts.ready, document.fonts.check('16px "Geist Variable"'))),
      ).toBe(true);

      const made = await page.evaluate(async () => {
        const addresses = ['/oidc/auth', '/api/v2.0/me', '/beta/me', '/v1.0/me', '/threefold/v1/events', '/healthz'];
        const answers = [...addresses, '/auth.html', '/config.json'].map((address) =>
          fetch(address).then(
            () => address,
            () => null,
          ),
        );
        return (await Promise.all(answers)).filter((address) => address !== null);
      });
      expect(made).toEqual([]);
    } finally {
      await service.start();
    }
  });
});

/** As the system does it for an installed app: a form, posted as a navigation. */
async function share(
  page: Page,
  fields: Record<string, string>,
  files: { name: string; type: string; content: string }[],
) {
  await page.evaluate(
    ([given, handed]) => {
      const form = document.createElement('form');
      form.method = 'post';
      form.action = '/share';
      form.enctype = 'multipart/form-data';
      for (const [name, value] of Object.entries(given)) {
        const input = document.createElement('input');
        Object.assign(input, { name, value });
        form.append(input);
      }
      const picker = document.createElement('input');
      Object.assign(picker, { type: 'file', name: 'files', multiple: true });
      const transfer = new DataTransfer();
      for (const { name, type, content } of handed) transfer.items.add(new File([content], name, { type }));
      picker.files = transfer.files;
      form.append(picker);
      document.body.append(form);
      form.submit();
    },
    [fields, files] as const,
  );
}

test('shared content is confirmed first, and becomes one task in the chosen folder', async ({ app }) => {
  const { page, sidebar, list, editor } = app;
  await isKept(page);
  await sidebar.addFolder('Kitchen', 'My Tasks');
  let authorization = '';
  page.on('request', (request) => (authorization = request.headers()['authorization'] ?? authorization));
  await share(page, { title: 'Oak worktops', text: 'Three metres', url: 'https://oak.example/worktops' }, [
    { name: 'cuts.txt', type: 'text/plain', content: '3 x 600 mm' },
  ]);
  const main = page.getByRole('main');
  const arrived = main.getByRole('listitem').filter({ hasText: 'Oak worktops' });
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('Add this to your tasks?');
  for (const part of ['Three metres', 'https://oak.example/worktops', 'cuts.txt'])
    await expect(arrived).toContainText(part);
  // Nothing is added before confirmation, and a reload loses nothing.
  await page.reload();
  await expect(arrived).toBeVisible();
  await expect(sidebar.item('Tasks')).toHaveAccessibleName('Tasks');
  await main
    .getByRole('button', { name: /^Folder|Folder$|Tasks/ })
    .first()
    .click();
  await page.getByRole('option', { name: 'Kitchen' }).click();
  await main.getByRole('button', { name: 'Add to Kitchen' }).click();
  await expect(page).toHaveURL(/\/folders\/[^/]+\/tasks\/[^/]+$/);
  await expect(list.title).toHaveText('Kitchen');
  await expect(editor.subject).toHaveValue('Oak worktops');
  await expect(editor.pane).toContainText('https://oak.example/worktops');
  await expect(app.toast).toContainText('Added “Oak worktops” to Kitchen');
  await expect(list.row('Oak worktops')).toHaveCount(1);
  await app.allSent();
  await expect(page).toHaveURL(/\/tasks\/(?!local-)[^/]+$/);
  const attachments = `/api/v2.0/me/tasks('${page.url().split('/').at(-1)}')/attachments`;
  const listed = await page.request.get(attachments, { headers: { authorization } });
  expect(valuesOf(parseJson(await listed.text()))).toMatchObject([
    { Name: 'cuts.txt', ContentType: 'text/plain', Size: 10 },
  ]);
  // Back leads to the question, which has been answered.
  await page.goBack();
  await expect(main.getByText('Nothing was shared').or(list.title)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Add to/ })).toHaveCount(0);
});

test('a shared calendar becomes tasks; a discarded share is removed, and restored by undo', async ({ app }) => {
  const { page, list } = app;
  await isKept(page);
  const todo = (uid: number, subject: string) => `BEGIN:VTODO\r\nUID:${uid}\r\nSUMMARY:${subject}\r\nEND:VTODO\r\n`;
  const content = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${todo(1, 'Measure the niche')}${todo(2, 'Order the board')}END:VCALENDAR\r\n`;
  await share(page, {}, [{ name: 'shelf.ics', type: 'text/calendar', content }]);
  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('Add these 2 to your tasks?');
  const address = page.url();
  await main.getByRole('button', { name: 'Discard' }).click();
  await expect(page).not.toHaveURL(/share/);
  await app.toast.getByRole('button', { name: 'Undo' }).click();
  await expect(page).toHaveURL(address);
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('Add these 2 to your tasks?');
  expect(await accessibilityViolations(page)).toEqual([]);
  // Without an answer it stays listed among the waiting changes.
  await page.goto('/waiting');
  const link = main.getByRole('link', { name: 'View it: shelf.ics' });
  await expect(link).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await link.click();
  await main.getByRole('button', { name: 'Add to Tasks' }).click();
  await expect(page).toHaveURL(/\/folders\/[^/]+$/);
  await expect(list.row('Measure the niche')).toBeVisible();
  await expect(list.row('Order the board')).toBeVisible();
});

test('a share before the worker runs is reported, and one while signed out is kept until sign-in', async ({
  page,
  person,
  service,
  elsewhere,
}) => {
  const bare = await fetch(`${service.url}/share`, { method: 'POST', body: new FormData(), redirect: 'manual' });
  expect([bare.status, bare.headers.get('location')]).toEqual([303, '/share']);

  await page.goto('/');
  await isKept(page);
  await share(page, { text: 'Remember the milk' }, []);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  const { appPageModel } = await import('../pages/appPageModel.ts');
  const app = appPageModel(page);
  await app.provider.signIn(person);
  await page.getByRole('button', { name: 'Add to Tasks' }).click();
  await expect(app.editor.subject).toHaveValue('Remember the milk');

  const other = await elsewhere();
  await other.signIn(person, '/share');
  await expect(other.page.getByRole('main')).toContainText('Nothing was shared');
});

test('protocol links open pages of the app only', async ({ app }) => {
  const { page, list } = app;
  await page.goto(`/open?link=${encodeURIComponent('web+threefold:upcoming')}`);
  await expect(page).toHaveURL(/\/upcoming$/);
  await expect(list.title).toHaveText('Upcoming');
  await page.goto(`/open?link=${encodeURIComponent('web+threefold://evil.example/x')}`);
  await expect(page.getByRole('main').getByRole('heading')).toHaveText('This link no longer works');
});

test('the shortcut opens quick-add, and the badge counts tasks due today and overdue', async ({ app }) => {
  const { page, list } = app;
  await page.addInitScript(() => {
    window.badges = [];
    navigator.setAppBadge = (count) => (window.badges.push(count), Promise.resolve());
  });
  await page.goto('/today?new');
  await expect(list.quickAdd).toBeFocused();
  await expect(page).toHaveURL(/\/today$/);
  const badge = () => page.evaluate(() => window.badges.at(-1));
  await expect.poll(badge).toBe(0);
  await page.keyboard.type('Buy bread');
  await page.keyboard.press('Enter');
  await expect.poll(badge).toBe(1);
  await list.complete('Buy bread');
  await expect.poll(badge).toBe(0);
});

test('a reminder button acts in the open page, or opens the app when there is none', async ({ app, context }) => {
  const { page, list, sidebar, editor } = app;
  await context.grantPermissions(['notifications']);
  await sidebar.open('Tasks');
  await list.add('Call the joiner', 'Pay the joiner');
  await app.allSent();
  await list.open('Call the joiner');
  await expect(page).toHaveURL(/\/tasks\/(?!local-)/);
  const [, folderId = '', taskId = ''] = /folders\/([^/]+)\/tasks\/([^/]+)$/.exec(new URL(page.url()).pathname) ?? [];
  await isKept(page);
  // The chunk that handles them loads after the first screen.
  await page.getByRole('region', { name: 'Reminders' }).waitFor({ state: 'attached' });
  const account = await page.evaluate(() => localStorage.getItem('threefold.current') ?? '');
  const worker = context.serviceWorkers()[0];
  if (worker === undefined) throw new Error('There is no service worker.');
  const data = {
    kind: 'reminder',
    account,
    folderId: decodeURIComponent(folderId),
    taskId: decodeURIComponent(taskId),
  };
  const press = (action: string) =>
    worker.evaluate(
      async ([given, pressed]) => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it runs in the worker, whose globals the DOM's types lack
        const scope = self as unknown as {
          registration: ServiceWorkerRegistration;
          NotificationEvent: new (name: string, init: object) => Event;
        };
        await scope.registration.showNotification('Call the joiner', { data: given });
        const [notification] = await scope.registration.getNotifications();
        self.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification, action: pressed }));
      },
      [data, action] as const,
    );
  await sidebar.view('Upcoming').click();
  await press('');
  await expect(editor.subject).toHaveValue('Call the joiner');
  await sidebar.open('Tasks');
  await press('complete');
  await expect(app.toast).toContainText('Completed “Call the joiner”');
  await expect(list.row('Pay the joiner')).toBeVisible();
  await app.allSent();

  await list.open('Pay the joiner');
  await expect(editor.subject).toHaveValue('Pay the joiner');
  const address = new URL(page.url()).pathname;
  await page.goto(`${address}?reminder=complete&account=${account}`);
  await expect(app.toast).toContainText('Completed “Pay the joiner”');
  await expect(page).not.toHaveURL(/reminder/);
});

test.describe('installed on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('nothing lies under the system’s status or navigation bar', async ({ app, context }) => {
    const { page, list, editor } = app;
    const cdp = await context.newCDPSession(page);
    await cdp.send('Emulation.setSafeAreaInsetsOverride', { insets: { top: 47, bottom: 34 } });
    const isInside = async () =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('h1, h2, button, a[href], [role=treeitem], textarea, input')]
          .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.offsetHeight > 2)
          .map((element) => ({ name: element.ariaLabel ?? element.textContent, box: element.getBoundingClientRect() }))
          .filter(({ box }) => box.top < 47 || (box.top < innerHeight && box.bottom > innerHeight - 34))
          .map(({ name, box }) => `${name}: ${Math.round(box.top)} to ${Math.round(box.bottom)}`),
      );
    for (const address of ['/today', '/folders', '/settings', '/waiting']) {
      await page.goto(address);
      await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
      const top = await page.getByRole('main').getByRole('heading', { level: 1 }).boundingBox();
      expect(top?.y, address).toBeGreaterThanOrEqual(47);
      if (address !== '/settings') expect(await isInside(), address).toEqual([]);
    }
    await page.goto('/today');
    await list.add('Buy bread');
    await list.row('Buy bread').tap();
    await expect(editor.pane).toBeVisible();
    expect((await editor.pane.boundingBox())?.y).toBeGreaterThanOrEqual(47);
  });
});
