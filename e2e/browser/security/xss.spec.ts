import type { Page } from '@playwright/test';
import { apiClientOf } from '../support/apiClient.ts';
import { expect, test } from '../fixtures.ts';
import { installXssProbe } from './xssProbe.ts';
import { vectors } from './xssVectors.ts';

/**
 * No published vector runs or loads anything, wherever the app takes text: subject, categories, text and HTML bodies,
 * names of folders and attachments, quick-add. Imported files are tested where they are parsed.
 */

// HTML is parsed in documents that are never shown, under the same policy: the browser logs what it blocked.
test.use({ expectedErrors: [/Content Security Policy/] });

/** Elements and attributes that the app's own page never has. */
const intruders = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter(
        (element) =>
          element.getAttributeNames().some((name) => name.startsWith('on')) ||
          /^\s*(?:javascript|vbscript|data):/i.test(element.getAttribute('href') ?? '') ||
          (element.tagName === 'IFRAME' && !element.getAttribute('src')?.endsWith('/body-frame.html')) ||
          ['XSS', 'MARQUEE', 'OBJECT', 'EMBED', 'BASE'].includes(element.tagName),
      )
      .map((element) => element.outerHTML.slice(0, 200)),
  );

/** The same in the frame that shows a body. */
async function intrudersInFrame(page: Page): Promise<readonly string[]> {
  const frame = page.frames().find((one) => one.url().endsWith('/body-frame.html'));
  if (frame === undefined) return [];
  return frame.evaluate(() =>
    [...document.querySelectorAll('#text *')]
      .filter(
        (element) =>
          element
            .getAttributeNames()
            .some((name) => name.startsWith('on') || ['srcdoc', 'ping', 'srcset', 'background'].includes(name)) ||
          /^\s*(?:javascript|vbscript):/i.test(element.getAttribute('href') ?? element.getAttribute('src') ?? '') ||
          /url\s*\(|image-set/i.test(element.getAttribute('style') ?? '') ||
          ['SCRIPT', 'STYLE', 'LINK', 'META', 'BASE', 'IFRAME', 'OBJECT', 'EMBED', 'FORM', 'svg', 'math'].includes(
            element.tagName,
          ),
      )
      .map((element) => element.outerHTML.slice(0, 200)),
  );
}

test.describe('the probe', () => {
  // The errors of a page without defences.
  test.use({ expectedErrors: [/./] });

  test('there are many vectors, and the probe detects scripts and requests', async ({ context, baseURL }) => {
    expect(new Set(vectors.map(({ vector }) => vector)).size).toBeGreaterThanOrEqual(150);
    const found = await installXssProbe(context, baseURL ?? '');
    const page = await context.newPage();
    // A page without any defences.
    await page.goto('/robots.txt');
    for (const { vector } of vectors.slice(0, 90)) {
      // A navigation would end the test, not the vectors.
      if (/refresh|location/i.test(vector)) continue;
      await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), vector);
    }
    await expect.poll(() => found.filter((what) => what.startsWith('alert')).length).toBeGreaterThan(3);
    await expect.poll(() => found.filter((what) => what.startsWith('request')).length).toBeGreaterThan(3);
  });
});

const half = Math.ceil(vectors.length / 2);
for (const [part, some] of [vectors.slice(0, half), vectors.slice(half)].entries()) {
  test(`as subject, category and body: part ${part + 1}`, async ({ app, context, baseURL }) => {
    const { page, sidebar, editor } = app;
    await sidebar.open('Tasks');
    const found = await installXssProbe(context, baseURL ?? '');
    const api = await apiClientOf(page);
    const folder = new URL(page.url()).pathname;
    const make = ({ vector }: (typeof vectors)[number]) =>
      api.make({
        Subject: vector.replace(/\s+/g, ' ').slice(0, 250),
        Categories: [vector.slice(0, 200), `${vector.slice(0, 100)} 2`],
        Body: { ContentType: 'HTML', Content: vector },
      });
    const ids: string[] = [];
    for (let at = 0; at < some.length; at += 10) ids.push(...(await Promise.all(some.slice(at, at + 10).map(make))));
    await page.goto(`${folder}/tasks/${ids[0]}`);
    await expect(editor.subject).toBeVisible();
    await expect(page.getByRole('grid').getByRole('row').first()).toBeVisible();
    const shown: string[] = [];
    for (const [index, id] of ids.entries()) {
      await page.evaluate((path) => {
        history.pushState({}, '', path);
        dispatchEvent(new PopStateEvent('popstate', { state: {} }));
      }, `${folder}/tasks/${id}`);
      await expect(editor.subject).toHaveValue((some[index]?.vector ?? '').replace(/\s+/g, ' ').slice(0, 250));
      await editor.pane.locator('iframe, [contenteditable=true]').first().waitFor({ state: 'attached' });
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      shown.push(...(await intruders(page)), ...(await intrudersInFrame(page)));
      expect(found, some[index]?.vector).toEqual([]);
    }
    expect(shown).toEqual([]);
    // The app is unchanged: nothing was overlaid or removed.
    await editor.rename('Still here');
    await expect(editor.saved).toBeVisible();
    expect(found).toEqual([]);
  });
}

test('in text bodies, in folder and attachment names, and in the quick-add field', async ({
  app,
  context,
  baseURL,
}) => {
  const { page, sidebar, list, editor } = app;
  await sidebar.open('Tasks');
  const found = await installXssProbe(context, baseURL ?? '');
  const api = await apiClientOf(page);
  const all = vectors.map(({ vector }) => vector);
  const id = await api.make({ Subject: 'Words', Body: { ContentType: 'Text', Content: all.join('\n') } });
  const names = [...new Set(all.map((vector) => vector.replace(/\s+/g, ' ').trim().slice(0, 200).toLowerCase()))];
  for (let at = 0; at < names.length; at += 10) {
    await Promise.all(
      names.slice(at, at + 10).flatMap((name) => [
        api.send('POST', '/api/v2.0/me/taskfolders', { Name: name }),
        api.send('POST', `/api/v2.0/me/tasks('${id}')/attachments`, {
          '@odata.type': '#Microsoft.OutlookServices.FileAttachment',
          Name: name,
          ContentType: 'text/html',
          ContentBytes: 'PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
        }),
      ]),
    );
  }
  await page.reload();
  await list.open('Words');
  await expect(editor.notes).toHaveValue(/SCRIPT SRC/);
  await expect(editor.pane.getByText(names.at(-1) ?? '', { exact: false }).first()).toBeAttached();
  expect(await intruders(page)).toEqual([]);
  for (const vector of all)
    await list.quickAdd.fill(`${vector.replace(/\s+/g, ' ')} #${vector.replace(/\s+/g, '')} tomorrow !high`);
  expect(await intruders(page)).toEqual([]);
  await list.quickAdd.press('Enter');
  await app.allSent();
  expect(found).toEqual([]);
});
