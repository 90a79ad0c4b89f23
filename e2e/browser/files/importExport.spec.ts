import { apiClientOf } from '../support/apiClient.ts';
import { appPageModel } from '../pages/appPageModel.ts';
import { importExportPageModel } from '../pages/importExportPageModel.ts';
import { expect, newTestAccount, test } from '../fixtures.ts';
import { installXssProbe } from '../security/xssProbe.ts';
import { vectors } from '../security/xssVectors.ts';
import { accessibilityViolations } from '../support/accessibility.ts';
import { listOf } from '../../../server/testing/json.ts';

/**
 * Export and import of tasks as files: between accounts, many at once, hostile files, and print
 * (docs/decisions/0036-import-and-export.md).
 */

type Api = Awaited<ReturnType<typeof apiClientOf>>;
type Json = Readonly<Record<string, unknown>>;

/** What a person made in an account, without ids, etags and creation times of the service. */
async function accountOf(api: Api) {
  const list = async (path: string) => listOf((await api.json('GET', path))['value']);
  const groups = await list('/api/v2.0/me/taskgroups');
  const folders = await list('/api/v2.0/me/taskfolders?$top=1000');
  const nameOf = (key: unknown) => groups.find(({ GroupKey }) => GroupKey === key)?.['Name'];
  return {
    groups: groups.map(({ Name }) => String(Name)).toSorted(),
    folders: await Promise.all(
      folders.map(async ({ Id, Name, ParentGroupKey }) => {
        const tasks = await list(`/api/v2.0/me/taskfolders('${String(Id)}')/tasks?$top=1000`);
        return {
          Name,
          group: nameOf(ParentGroupKey),
          tasks: (await Promise.all(tasks.map((task) => fieldsOf(task, list)))).toSorted((a, b) =>
            String(a['Subject']) < String(b['Subject']) ? -1 : 1,
          ),
        };
      }),
    ),
  };
}

const given = ['Id', 'ChangeKey', 'CreatedDateTime', 'LastModifiedDateTime', 'ParentFolderId', 'Owner', '@odata.etag'];

async function fieldsOf(task: Json, list: (path: string) => Promise<readonly Json[]>): Promise<Json> {
  const kept = Object.entries(task).filter(([name]) => !given.includes(name) && !name.startsWith('@odata'));
  const attachments =
    task['HasAttachments'] === true ? await list(`/api/v2.0/me/tasks('${String(task['Id'])}')/attachments`) : [];
  const files = attachments.map(({ Name, ContentType, Size, ContentBytes }) => ({
    Name,
    ContentType,
    Size,
    ContentBytes,
  }));
  return { ...Object.fromEntries(kept), files };
}

test('an export imported by another account is equal in every field, attachments included', async ({
  app,
  elsewhere,
  service,
}) => {
  const { page, sidebar, list } = app;
  await sidebar.addFolder('Beds & paths', 'My Tasks');
  await expect(list.title).toHaveText('Beds & paths');
  await app.allSent();
  const api = await apiClientOf(page);
  const zoned = (DateTime: string, TimeZone = 'Romance Standard Time') => ({ DateTime, TimeZone });
  const id = await api.make({
    Subject: 'Series',
    Body: { ContentType: 'HTML', Content: '<p>☐ one</p><p><b>☑ two</b></p>' },
    Categories: ['Home'],
    Importance: 'High',
    Sensitivity: 'Private',
    StartDateTime: zoned('2026-03-26T00:00:00'),
    DueDateTime: zoned('2026-03-30T00:00:00'),
    ReminderDateTime: zoned('2026-03-26T09:30:00', 'Pacific Standard Time'),
    IsReminderOn: true,
    Recurrence: {
      Pattern: { Type: 'Weekly', Interval: 2, DaysOfWeek: ['Monday'] },
      Range: { Type: 'Numbered', NumberOfOccurrences: 8 },
    },
  });
  await api.send('POST', `/api/v2.0/me/tasks('${id}')/attachments`, {
    '@odata.type': '#Microsoft.OutlookServices.FileAttachment',
    Name: 'plan.txt',
    ContentType: 'text/plain',
    ContentBytes: Buffer.from('A plan of the beds').toString('base64'),
  });
  await api.make({ Subject: 'Done', Status: 'Completed', DueDateTime: zoned('2026-03-02T00:00:00') });
  await page.reload();
  const exchange = importExportPageModel(page);
  await exchange.openFromSettings();
  const file = await exchange.exportAs('JSON', 'Everything');
  expect(file.name).toMatch(/^Threefold \d{4}-\d\d-\d\d\.json$/);

  const other = await elsewhere();
  const person = newTestAccount('Grace');
  await service.addAccount(person);
  await other.signIn(person);
  const inThere = importExportPageModel(other.page);
  await inThere.openFromSettings();
  await inThere.choose({ name: file.name, content: file.content });
  await expect(inThere.preview).toContainText('2 tasks to import');
  await expect(inThere.preview).toContainText('1 attachment');
  await expect(inThere.row('Beds & paths')).toContainText('new in My Tasks');
  expect(await accessibilityViolations(other.page)).toEqual([]);
  await inThere.begin.click();
  await expect(inThere.outcome).toHaveText(/is imported: 2 tasks/);
  await other.allSent();
  expect(await accountOf(await apiClientOf(other.page))).toEqual(await accountOf(api));
});

test.describe('while the service is unreachable', () => {
  test.use({ expectedErrors: [/net::ERR_FAILED/] });

  test(
    '5,000 tasks come in across a reload, while the page answers, and none of them twice',
    { tag: '@long' },
    async ({ app }) => {
      const { page } = app;
      const lines = Array.from({ length: 5_000 }, (_, n) => `Task ${n},${(n % 12) + 1}/15/2027,High,Many,Row ${n}`);
      const content = `Subject,Due Date,Priority,Folder,Billing Information\r\n${lines.join('\r\n')}`;
      const exchange = importExportPageModel(page);
      await exchange.openFromSettings();
      // The service is unreachable: the import waits on this device, where a reload could lose it.
      await page.route('**/api/v2.0/**', (route) =>
        route.request().method() === 'POST' ? route.abort() : route.continue(),
      );
      await exchange.choose({ name: 'many.csv', content: Buffer.from(content) });
      await expect(exchange.preview).toContainText('5,000 tasks to import');
      await expect(exchange.preview).toContainText('a task has no place for it');
      await exchange.begin.click();
      await expect(exchange.running).toBeVisible();
      await expect.poll(() => exchange.share()).toBeGreaterThan(0.1);
      await page.reload();
      await expect(exchange.outcome).toHaveText(/is imported: 5,000 tasks/);
      const subjects = await page.evaluate(async () => {
        const all = await indexedDB.databases();
        const name = all.find((one) => /^threefold:[^:]+$/.test(one.name ?? ''))?.name ?? '';
        const answered = <T>(request: IDBRequest<T>) =>
          new Promise<T>((resolve, reject) => {
            request.addEventListener('success', () => resolve(request.result));
            request.addEventListener('error', () => reject(request.error ?? new Error('Not read')));
          });
        const db = await answered(indexedDB.open(name));
        const ops: readonly { change: { kind: string; patch?: { subject?: string } } }[] = await answered(
          db.transaction('ops').objectStore('ops').getAll(),
        );
        db.close();
        return ops.flatMap(({ change }) => (change.kind === 'createTask' ? [change.patch?.subject ?? ''] : []));
      });
      expect(subjects).toHaveLength(5_000);
      expect(new Set(subjects).size).toBe(5_000);
    },
  );
});

test.describe('hostile files', () => {
  test.use({ expectedErrors: [/Content Security Policy/] });

  test('nothing in an imported file runs or loads: in the preview, the report, the tasks or the print', async ({
    app,
    context,
    baseURL,
  }) => {
    const { page, sidebar, editor } = app;
    const found = await installXssProbe(context, baseURL ?? '');
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const rows = vectors.map(({ vector }) => [vector, vector, vector, vector].map(cell).join(','));
    const csv = ['Subject,Notes,Categories,<img src=x onerror=alert(1)>', ...rows].join('\r\n');
    const exchange = importExportPageModel(page);
    await exchange.openFromSettings();
    await exchange.choose({ name: '<img src=x onerror=alert(1)>.csv', content: Buffer.from(csv) });
    await expect(exchange.preview).toContainText('to import');
    await exchange.begin.click();
    await expect(exchange.outcome).toBeVisible();
    const tasks = vectors.slice(0, 60).map(({ vector }) => ({
      Subject: vector.slice(0, 200),
      Body: { ContentType: 'HTML', Content: vector },
      Attachments: [
        {
          '@odata.type': '#Microsoft.OutlookServices.ReferenceAttachment',
          Name: vector,
          SourceUrl: 'javascript:alert(1)',
          ProviderType: 'Other',
        },
      ],
    }));
    const json = {
      Format: 'threefold.tasks',
      Version: 1,
      TaskGroups: [
        { Name: '<script>alert(1)</script>', TaskFolders: [{ Name: '<svg onload=alert(1)>', Tasks: tasks }] },
      ],
    };
    await exchange.dismiss.click();
    await exchange.choose({ name: 'x.json', content: Buffer.from(JSON.stringify(json)) });
    await exchange.begin.click();
    await expect(exchange.outcome).toBeVisible();
    await sidebar.open('<svg onload=alert(1)>');
    await page.getByRole('grid').getByRole('row').nth(2).click();
    await expect(editor.subject).toBeVisible();
    await exchange.preparePrint();
    expect(await page.locator('[data-print] :is(img, script, svg, iframe)').count()).toBe(0);
    expect(found).toEqual([]);
  });

  test('a file without tasks is reported in words', async ({ app }) => {
    const exchange = importExportPageModel(app.page);
    await exchange.openFromSettings();
    for (const [name, content, words] of [
      ['a.json', '{"a":1', /not a Threefold export/],
      ['b.csv', 'Name,Due\r\nx,y', /no column “Subject”/],
      ['c.ics', 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n', /without tasks/],
      ['d.txt', '', /is empty/],
    ] as const) {
      await exchange.choose({ name, content: Buffer.from(content) });
      await expect(app.page.getByRole('status').filter({ hasText: words })).toBeVisible();
    }
  });
});

test('a folder, the Today view or a task is printed whole, black on white, without the app’s controls', async ({
  app,
}, info) => {
  const { page, sidebar, list } = app;
  await page.emulateMedia({ colorScheme: 'dark' });
  await sidebar.open('Tasks');
  const api = await apiClientOf(page);
  const link = '<a href="https://example.com/tiles" style="color:red">the offer</a>';
  const formatted = `<p>Compare <b>both</b> with ${link}</p><ul><li>☐ oak</li><li>☑ stone</li></ul><table><tr><td>A</td></tr></table>`;
  for (let n = 0; n < 40; n += 1) {
    await api.make({
      Subject: `Task ${n} of many`,
      DueDateTime: { DateTime: n === 3 ? '2027-03-01T00:00:00' : '2027-03-02T00:00:00', TimeZone: 'UTC' },
      ...(n === 3 && { Body: { ContentType: 'Text', Content: 'Words\n☐ Milk\n☑ Bread' } }),
      ...(n === 4 && { Body: { ContentType: 'HTML', Content: formatted } }),
    });
  }
  await page.reload();
  await expect(list.row('Task 3 of many')).toBeVisible();
  await app.allLoaded();
  const paper = page.locator('[data-print]');
  const { preparePrint } = importExportPageModel(page);
  const print = async () => {
    await preparePrint();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  };
  const done = async () => {
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
    await expect(paper).toHaveCount(0);
  };
  await print();
  await expect(paper).toBeVisible();
  await expect(paper.getByRole('heading', { level: 1 })).toHaveText('Tasks');
  await expect(paper.getByRole('listitem').filter({ hasText: 'of many' })).toHaveCount(40);
  await expect(paper).toContainText('Milk');
  const shaped = paper.getByRole('listitem').filter({ hasText: 'Task 4 of many' });
  await expect(shaped.locator('b')).toHaveText('both');
  await expect(shaped).toContainText('the offer (https://example.com/tiles)');
  await expect(shaped.locator('ul li')).toHaveText(['oak', '✓ stone']);
  await expect(shaped.locator('td')).toHaveText('A');
  expect(await paper.locator('[style], a').count()).toBe(0);
  await expect(page.getByRole('navigation').first()).toBeHidden();
  expect(await paper.evaluate((sheet) => getComputedStyle(sheet).color)).toBe('rgb(0, 0, 0)');
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
  await info.attach('folder.pdf', { body: await page.pdf({ format: 'A4' }), contentType: 'application/pdf' });
  await done();
  await list.open('Task 3 of many');
  await page.locator('[data-task-editor]').focus();
  await print();
  await expect(paper.getByRole('heading', { level: 1 })).toHaveText('Task 3 of many');
  await expect(paper).toContainText(/Monday,? 1 March 2027/);
  await done();
  await page.goto('/today');
  await expect(list.title).toHaveText('Today');
  await print();
  await expect(paper.getByRole('heading', { level: 1 })).toHaveText('Today');
  await done();
});

test('a folder chosen in a menu is printed once the code has loaded', async ({ page, person }) => {
  let requests = 0;
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/assets/pages-*.js', async (route) => {
    requests += 1;
    await released;
    await route.continue();
  });
  await page.addInitScript(() => {
    // A worker would answer from its cache.
    Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
    window.print = () => {
      dispatchEvent(new Event('beforeprint'));
      const heading = document.querySelector('[data-print] h1')?.textContent ?? 'the screen';
      document.documentElement.dataset['printed'] = `${document.documentElement.dataset['printed'] ?? ''}${heading};`;
      dispatchEvent(new Event('afterprint'));
    };
  });
  const app = appPageModel(page);
  await app.signIn(person);
  await app.sidebar.open('Tasks');
  await app.sidebar.item('Tasks').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Print', exact: true }).click();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect.poll(() => requests).toBeGreaterThan(0);
  expect(await page.evaluate(() => document.documentElement.dataset['printed'] ?? '')).toBe('');
  release();
  await expect(page.locator('html')).toHaveAttribute('data-printed', 'Tasks;');
});
