import { apiClientOf } from '../support/apiClient.ts';
import { expect, test } from '../fixtures.ts';
import { samplePng } from '../support/sampleFiles.ts';
import { accessibilityViolations } from '../support/accessibility.ts';

/**
 * HTML is parsed in documents that are never shown. The policy applies there, too, and the browser logs what it
 * blocked.
 */
const policyNotes = [
  /^(?:Applying inline style|Executing inline event handler|Setting the document's base URI to '.*') violates/,
];

test('a checklist is written, ticked and reordered by keyboard, and stored as lines that Outlook reads', async ({
  app,
  context,
}) => {
  const { page, sidebar, list, editor } = app;
  const { keyboard } = page;
  await sidebar.open('Tasks');
  const api = await apiClientOf(page);
  const id = await api.make({
    Subject: 'Shopping',
    Body: { ContentType: 'Text', Content: 'For the weekend https://shop.example/list.\r\n' },
  });
  await list.open('Shopping');
  const { pane } = editor;
  const shop = pane.getByRole('list', { name: 'Links in the notes' }).getByRole('link');
  await expect(shop).toHaveAttribute('href', 'https://shop.example/list');
  await expect(shop).toHaveAttribute('rel', 'noopener noreferrer');
  await pane.getByRole('button', { name: 'Add checklist' }).press('Enter');
  const add = pane.getByRole('textbox', { name: 'Add item' });
  await expect(add).toBeFocused();
  await keyboard.type('Milk');
  await keyboard.press('Enter');
  await keyboard.type('Eggs');
  await keyboard.press('Enter');
  const words = 'a box of twelve, or two boxes of six if those are all that they have on a Saturday evening';
  const item = (number: number) => pane.getByRole('textbox', { name: `Item ${number} of ` });
  await expect(item(2)).toHaveValue('Eggs');
  // A long line wraps. Enter splits it at the cursor, Backspace joins it again.
  const low = (await item(2).boundingBox())?.height ?? 0;
  await item(2).fill(`Eggs ${words}`);
  await expect.poll(async () => (await item(2).boundingBox())?.height ?? 0).toBeGreaterThan(low * 1.5);
  await item(2).press('Control+Home');
  for (let at = 0; at < 'Eggs'.length; at += 1) await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await expect(item(3)).toBeFocused();
  await expect(item(3)).toHaveValue(words);
  await keyboard.press('Backspace');
  await expect(item(2)).toHaveValue(`Eggs ${words}`);
  await keyboard.type('!');
  await expect(item(2)).toHaveValue(`Eggs !${words}`);
  await item(2).fill('Eggs');
  // Enter adds the next line, Alt and an arrow move it, Ctrl+Enter ticks it.
  await item(1).focus();
  await keyboard.press('Enter');
  await expect(item(2)).toBeFocused();
  await keyboard.type('Bread and butter');
  await keyboard.press('Alt+ArrowUp');
  await expect(item(1)).toBeFocused();
  await expect(item(1)).toHaveValue('Bread and butter');
  await keyboard.press('Control+Enter');
  await expect(pane.getByRole('checkbox', { name: 'Bread and butter' })).toBeChecked();
  await pane.getByRole('checkbox', { name: 'Eggs' }).press('Space');
  await expect(pane.getByRole('group', { name: /^Checklist/ })).toContainText('2/3');
  await expect(list.row('Shopping')).toHaveAccessibleName(/Checklist, 2 of 3 done/);
  expect(await accessibilityViolations(page)).toEqual([]);
  await app.allSent();
  await expect
    .poll(async () => (await api.task(id))['Body'])
    .toEqual({
      ContentType: 'Text',
      Content: 'For the weekend https://shop.example/list.\r\n☑ Bread and butter\r\n☐ Milk\r\n☑ Eggs',
    });

  // Several pasted lines; Backspace removes an empty one; a draft is there after a reload.
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(() => navigator.clipboard.writeText('- [ ] Ham\n- [ ] Salt'));
  await add.focus();
  await keyboard.press('Control+V');
  await expect(item(5)).toHaveValue('Salt');
  await item(5).fill('');
  await keyboard.press('Backspace');
  await expect(item(4)).toBeFocused();
  await add.fill('Half typed');
  await page.reload();
  await expect(add).toHaveValue('Half typed');
  await expect(pane.getByRole('textbox', { name: 'Notes', exact: true })).toHaveValue(
    'For the weekend https://shop.example/list.',
  );
});

test('plain notes become formatted with keys and buttons, and text again without formatting', async ({ app }) => {
  const { page, sidebar, list, editor } = app;
  const { keyboard } = page;
  await sidebar.open('Tasks');
  const api = await apiClientOf(page);
  const id = await api.make({ Subject: 'Plan', Body: { ContentType: 'Text', Content: 'a < b\n\n☐ Milk' } });
  await list.open('Plan');
  const { pane, notes } = editor;
  await notes.click();
  await expect(pane.getByRole('toolbar', { name: 'Formatting' })).toBeVisible();
  await keyboard.press('Control+End');
  await keyboard.press('Control+B');
  await keyboard.type('bold');
  await expect(pane.getByRole('button', { name: 'Bold' })).toHaveAttribute('aria-pressed', 'true');
  await keyboard.press('Control+B');
  await keyboard.press('Enter');
  await keyboard.type('- one');
  await keyboard.press('Enter');
  await keyboard.type('two');
  await keyboard.press('Shift+ArrowLeft');
  await keyboard.press('Shift+ArrowLeft');
  await keyboard.press('Shift+ArrowLeft');
  await pane.getByRole('button', { name: 'Link', exact: true }).click();
  await pane.getByRole('textbox', { name: 'Address of the link' }).fill('javascript:alert(1)');
  await keyboard.press('Enter');
  await expect(pane.getByText('This is no address')).toBeVisible();
  await pane.getByRole('textbox', { name: 'Address of the link' }).fill('example.com/two');
  await keyboard.press('Enter');
  await expect(notes).toBeFocused();
  expect(await accessibilityViolations(page)).toEqual([]);
  await keyboard.press('Escape');
  await expect(pane.locator('[data-task-editor]')).toBeFocused();
  await app.allSent();
  const html =
    '<p>a &lt; b</p><p><b>bold</b></p><ul><li>one</li><li><a href="https://example.com/two">two</a></li></ul><ul><li>☐ Milk</li></ul>';
  await expect.poll(async () => (await api.task(id))['Body']).toEqual({ ContentType: 'HTML', Content: html });

  await notes.getByText('a < b').click();
  await pane.getByRole('button', { name: 'Remove formatting' }).click();
  await app.allSent();
  await expect
    .poll(async () => (await api.task(id))['Body'])
    .toEqual({ ContentType: 'Text', Content: 'a < b\nbold\none\ntwo https://example.com/two\n☐ Milk' });
  await keyboard.press('Control+Z');
  await app.allSent();
  await expect.poll(async () => (await api.task(id))['Body']).toEqual({ ContentType: 'HTML', Content: html });
});

/** Other ways to track that a body is read. */
const leaks = [
  '<link rel=prefetch href=https://evil.example/1><link rel=dns-prefetch href=https://evil.example/2>',
  '<meta http-equiv=refresh content="0;url=https://evil.example/3"><base href=https://evil.example/>',
  '<p style="background:url(https://evil.example/4)">a</p><p style="background:\\75rl(https://evil.example/5)">b</p>',
  '<p style="background:image-set(\'https://evil.example/6\' 1x)">c</p><style>@import "https://evil.example/7";</style>',
  '<table background=https://evil.example/8><tr><td background="https://evil.example/9">d</td></tr></table>',
  '<picture><source srcset="https://evil.example/10"><img srcset="https://evil.example/11 2x" alt=""></picture>',
  '<video src=https://evil.example/12 poster=https://evil.example/13 autoplay></video><audio src=https://evil.example/14 autoplay></audio>',
  '<svg><image href=https://evil.example/15 /><use href=https://evil.example/16#a /></svg>',
  '<math><mtext>g</mtext><a xlink:href=https://evil.example/18>e</a></math>',
  '<object data=https://evil.example/19></object><embed src=https://evil.example/20><iframe src=https://evil.example/21></iframe>',
  '<input type=image src=https://evil.example/22><a href=https://evil.example/23 ping=https://evil.example/24>f</a>',
].join('');

test.describe('foreign HTML', () => {
  test.use({ expectedErrors: policyNotes });

  test('a foreign HTML body stays unchanged through other edits, and is simplified only on request', async ({
    app,
    context,
  }) => {
    const { page, sidebar, list, editor, toast } = app;
    let asked = 0;
    await context.route('https://pictures.example/**', (route) => {
      asked += 1;
      return route.fulfill({ contentType: 'image/png', body: samplePng });
    });
    const left: string[] = [];
    await context.route('https://evil.example/**', (route) => {
      left.push(route.request().url());
      return route.abort();
    });
    await sidebar.open('Tasks');
    const api = await apiClientOf(page);
    const content = `<html>\r\n<head><style>p { color: red }</style></head>\r\n<body lang=EN-GB>\r\n<p class=MsoNormal>Hello <b>you</b><o:p></o:p></p>\r\n<table border=1><tr><td colspan=2 dir=rtl bgcolor=yellow>Cell</td></tr></table>\r\n<img src="https://pictures.example/plan.png" width=40 height=30 alt=Plan>\r\n${leaks}<ul type=disc><li class=x>☐&nbsp;First</li><li>☑ Second</li></ul>\r\n</body></html>\r\n`;
    const id = await api.make({ Subject: 'From Outlook', Body: { ContentType: 'HTML', Content: content } });
    await list.open('From Outlook');
    const { pane } = editor;
    const frame = pane.frameLocator('iframe');
    const cell = frame.getByRole('cell', { name: 'Cell' });
    await expect(cell).toHaveAttribute('colspan', '2');
    await expect(cell).toHaveCSS('direction', 'rtl');
    await expect(cell).toHaveCSS('background-color', 'rgb(255, 255, 0)');
    // Remote images would reveal the reader: a placeholder shows until they are requested.
    const plan = frame.getByRole('img', { name: 'Plan' });
    await expect(plan).toBeVisible();
    expect(await plan.boundingBox()).toMatchObject({ width: 40, height: 30 });
    expect(asked).toBe(0);
    await pane.getByRole('button', { name: 'Show pictures from the web' }).click();
    await expect.poll(() => plan.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
    await expect(pane.getByText('Pictures from the web are not shown')).toHaveCount(0);
    // The button is removed; the focus stays.
    await expect(pane.locator('div:focus > iframe')).toBeVisible();
    expect(asked).toBe(1);
    // Only the requested image is loaded.
    expect(left).toEqual([]);
    await expect(pane.getByText(/takes away: .*tables/)).toBeVisible();
    await editor.rename('From Outlook, renamed');
    await editor.setImportance('High');
    await app.allSent();
    await expect.poll(async () => (await api.task(id))['Importance']).toBe('High');
    expect((await api.task(id))['Body']).toEqual({ ContentType: 'HTML', Content: content });

    await pane.getByRole('checkbox', { name: 'First' }).check();
    await app.allSent();
    const ticked = content.replace('☐&nbsp;', '☑&nbsp;');
    await expect.poll(async () => (await api.task(id))['Body']).toEqual({ ContentType: 'HTML', Content: ticked });

    await pane.getByRole('button', { name: 'Edit without' }).click();
    await expect(editor.notes).toContainText('Hello you');
    await toast.getByRole('button', { name: 'Undo' }).click();
    await expect(pane.frameLocator('iframe').getByRole('cell', { name: 'Cell' })).toBeVisible();
    await app.allSent();
    await expect.poll(async () => (await api.task(id))['Body']).toEqual({ ContentType: 'HTML', Content: ticked });
  });
});

test('content pasted from Outlook is cleaned', async ({ app }) => {
  const { page, sidebar, list, editor, toast } = app;
  await sidebar.open('Tasks');
  const api = await apiClientOf(page);
  const id = await api.make({ Subject: 'Pasted', Body: { ContentType: 'HTML', Content: '<p>Before</p>' } });
  await list.open('Pasted');
  await editor.notes.click();
  await page.keyboard.press('Control+End');
  await editor.notes.evaluate((element) => {
    const data = new DataTransfer();
    const li = (level: number, mark: string, text: string) =>
      `<p class=MsoListParagraph style='margin-left:36pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>${mark}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>${text}<o:p></o:p></p>`;
    data.setData(
      'text/html',
      `<html xmlns:o="urn:x"><head><style>p.MsoNormal{color:red}</style></head><body><!--StartFragment--><p class=MsoNormal><b><span style='color:#C00000'>Head</span></b></p>${li(1, '·', 'one')}${li(2, '1.', 'deep')}${li(1, '·', 'two')}<img src=x onerror="alert(1)"><script>alert(1)</script><!--EndFragment--></body></html>`,
    );
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  // An image without text is attached to the task; one pasted with text becomes a link to where it is.
  await editor.notes.evaluate((element) => {
    for (const words of ['', 'x']) {
      const data = new DataTransfer();
      data.items.add(new File(['a'], `picture${words}.png`, { type: 'image/png' }));
      data.setData('text/html', `<img src="https://example.com/a.png">`);
      if (words !== '') data.setData('text/plain', words);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }
  });
  await expect(editor.pane.getByText('picture.png')).toBeVisible();
  await expect(editor.pane.getByText('picturex.png')).toHaveCount(0);
  await expect(toast).toContainText('A picture was not pasted');
  await editor.notes.press('Escape');
  await app.allSent();
  await expect
    .poll(async () => (await api.task(id))['Body'])
    .toEqual({
      ContentType: 'HTML',
      Content:
        '<p>Before<b>Head</b></p><ul><li>one<ol><li>deep</li></ol></li><li>two<a href="https://example.com/a.png">https://example.com/a.png</a></li></ul>',
    });
});
