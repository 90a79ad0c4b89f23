import { randomFillSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { expect, test } from '../fixtures.ts';
import { appPageModel } from '../pages/appPageModel.ts';
import { attachmentsPageModel, drawnPixelsOn, openTask } from '../pages/attachmentsPageModel.ts';
import { sampleFile, sampleVideo, samplePdf, samplePng, silentAudio } from '../support/sampleFiles.ts';
import { accessibilityViolations } from '../support/accessibility.ts';

test('files of every kind are added, previewed, downloaded, and removed with undo', async ({ app }) => {
  const { page } = app;
  await openTask(app);
  const attachments = attachmentsPageModel(page);
  await attachments.addFiles(
    sampleFile('samples.png', 'image/png', samplePng),
    sampleFile('notes.txt', 'text/plain', 'Oak, three metres'),
    sampleFile('bell.wav', 'audio/wav', silentAudio()),
    sampleFile('door.webm', 'video/webm', sampleVideo()),
  );
  await attachments.drop([sampleFile('quote.pdf', 'application/pdf', samplePdf('Quote 0318'))]);
  await attachments.paste(sampleFile('pasted.txt', 'text/plain', 'From elsewhere'));
  await expect(attachments.row('pasted.txt')).toBeVisible();
  await app.allSent();
  await expect(app.list.row('Choose worktop')).toHaveAccessibleName(/6 attachments/);
  // Dropped on a row: the editor opens and attaches it.
  await app.list.add('Call the plumber');
  await attachments.drop([sampleFile('leak.txt', 'text/plain', 'Under the sink')], app.list.row('Call the plumber'));
  await expect(app.editor.subject).toHaveValue('Call the plumber');
  await expect(attachments.row('leak.txt')).toBeVisible();
  await app.allSent();
  await expect(app.list.row('Call the plumber')).toHaveAccessibleName(/1 attachment\b/);
  // A drop beside the rows attaches nothing, and the browser does not open the file.
  const isTaken = await app.list.main.evaluate((element) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['Again'], 'leak.txt', { type: 'text/plain' }));
    const events = ['dragover', 'drop'].map(
      (type) => new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }),
    );
    return events.map((event) => !element.dispatchEvent(event));
  });
  expect(isTaken).toEqual([true, true]);
  await expect(attachments.section.getByRole('listitem')).toHaveCount(1);
  await app.list.open('Choose worktop');
  await expect(attachments.section.getByText('1 × 1')).toBeVisible();
  expect(await accessibilityViolations(page), 'list').toEqual([]);

  await attachments.row('notes.txt').getByRole('button', { name: 'notes.txt', exact: true }).click();
  await expect(attachments.dialog('notes.txt').getByRole('textbox')).toHaveValue('Oak, three metres');
  expect(await accessibilityViolations(page), 'text').toEqual([]);
  await page.keyboard.press('Escape');
  await attachments.choose('bell.wav', 'Open');
  await expect
    .poll(() => page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.duration))
    .toBeCloseTo(1, 1);
  await page.keyboard.press('Escape');
  await attachments.choose('door.webm', 'Open');
  await expect.poll(() => page.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth)).toBe(16);
  expect(await accessibilityViolations(page), 'film').toEqual([]);
  await page.keyboard.press('Escape');
  await attachments.choose('quote.pdf', 'Open');
  await expect(attachments.dialog('quote.pdf').getByRole('group', { name: 'Page 1 of quote.pdf' })).toContainText(
    'Quote 0318',
  );
  await expect.poll(() => drawnPixelsOn(page)).toBeGreaterThan(50);
  expect(await accessibilityViolations(page), 'PDF').toEqual([]);
  await page.keyboard.press('Escape');
  await attachments.section.getByRole('button', { name: 'Open samples.png' }).click();
  await expect
    .poll(() =>
      page.getByRole('img', { name: 'samples.png' }).evaluate((image: HTMLImageElement) => image.naturalWidth),
    )
    .toBe(1);
  await page.keyboard.press('Escape');

  expect(await attachments.download('notes.txt')).toEqual({
    name: 'notes.txt',
    bytes: Buffer.from('Oak, three metres'),
  });
  await attachments.choose('notes.txt', 'Remove');
  await expect(attachments.row('notes.txt')).toHaveCount(0);
  await app.toast.getByRole('button', { name: 'Undo' }).click();
  await expect(attachments.row('notes.txt')).toBeVisible();
  await page.reload();
  await expect(attachments.row('notes.txt')).toBeVisible();
});

test.describe('without a connection', () => {
  test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_FAILED|Failed to load resource/] });

  test(
    '25 MB go on where they stopped, also after a reload, and arrive as they were',
    { tag: '@long' },
    async ({ app, context }, testInfo) => {
      const { page } = app;
      await app.allLoaded();
      await openTask(app, 'Send the plans');
      await app.allSent();
      const attachments = attachmentsPageModel(page);
      const bytes = randomFillSync(Buffer.alloc(25 * 1024 * 1024));
      let sent = 0;
      let pieces = 0;
      page.on('request', (request) => {
        const [, from, to] = /^bytes (\d+)-(\d+)\//.exec(request.headers()['content-range'] ?? '') ?? [];
        if (from === undefined) return;
        sent += Number(to) - Number(from) + 1;
        pieces += 1;
        if (pieces === 5) void context.setOffline(true);
      });
      const plans = testInfo.outputPath('plans.bin');
      await writeFile(plans, bytes);
      await attachments.filesInput.setInputFiles(plans);
      await expect(attachments.row('plans.bin')).toContainText(/Connection lost at \d+/);
      await page.reload();
      await expect(attachments.row('plans.bin')).toContainText('25 MB · waiting to upload');
      expect(sent).toBeLessThan(bytes.length);
      await context.setOffline(false);
      await expect(attachments.row('plans.bin')).toContainText(/^plans\.bin25 MB$/);
      await app.allSent();
      // One piece was interrupted; the others were sent once.
      expect(sent).toBeGreaterThanOrEqual(bytes.length);
      expect(sent).toBeLessThan(bytes.length + 4 * 1024 * 1024);
      const saved = await attachments.download('plans.bin');
      expect(saved.bytes.equals(bytes)).toBe(true);
    },
  );

  test('a file attached offline is kept over a reload and can be cancelled', async ({ app, context }) => {
    const { page } = app;
    await app.allLoaded();
    await openTask(app);
    await app.allSent();
    const attachments = attachmentsPageModel(page);
    await expect(attachments.addButton).toBeVisible();
    await context.setOffline(true);
    await attachments.addFiles(
      sampleFile('a.txt', 'text/plain', 'kept'),
      sampleFile('b.txt', 'text/plain', 'not wanted'),
    );
    await expect(attachments.row('a.txt')).toContainText('waiting to upload');
    await expect(attachments.row('b.txt')).toContainText('waiting to upload');
    await expect(app.list.row('Choose worktop')).toHaveAccessibleName(/2 attachments/);
    await expect(app.editor.pane.getByText('Saved on this device')).toBeVisible();
    await page.reload();
    await attachments.row('a.txt').getByRole('button', { name: 'a.txt', exact: true }).click();
    await expect(attachments.dialog('a.txt').getByRole('textbox')).toHaveValue('kept');
    await page.keyboard.press('Escape');
    await attachments.row('b.txt').getByRole('button', { name: 'Cancel b.txt' }).click();
    await expect(attachments.row('b.txt')).toHaveCount(0);
    await context.setOffline(false);
    await app.allSent();
    await page.reload();
    await expect(attachments.row('a.txt')).toContainText('4 bytes');
    await expect(attachments.row('b.txt')).toHaveCount(0);
  });
});

test(
  'what is too large is said before anything is sent, and can be a link',
  { tag: '@long' },
  async ({ app }, testInfo) => {
    const { page } = app;
    await openTask(app);
    const attachments = attachmentsPageModel(page);
    await attachments.addButton.click();
    await expect(page.getByRole('menu')).toContainText('Up to 25 MB a file, 2 GB left in the mailbox');
    await page.keyboard.press('Escape');
    // From disk, as a person chooses it: through the browser's protocol, 35 MB of text take too long.
    const video = testInfo.outputPath('site-video.mov');
    await writeFile(video, Buffer.alloc(26 * 1024 * 1024));
    await attachments.filesInput.setInputFiles(video);
    const refused = attachments.row('site-video.mov');
    await expect(refused).toContainText('26 MB is over the 25 MB limit');
    expect(await accessibilityViolations(page), 'refused').toEqual([]);
    await refused.getByRole('button', { name: 'Add as link' }).click();
    const form = page.getByRole('dialog', { name: 'Link to a cloud file' });
    await expect(form.getByLabel('Name')).toHaveValue('site-video.mov');
    await form.getByLabel('Address').fill('javascript:alert(1)');
    await form.getByRole('button', { name: 'Attach' }).click();
    await expect(form.getByLabel('Address')).toHaveAttribute('aria-invalid', 'true');
    await form.getByLabel('Address').fill('https://www.dropbox.com/s/1/site-video.mov');
    await expect(form).toContainText('Link target www.dropbox.com');
    await form.getByRole('button', { name: /Who may open it/ }).click();
    await page.getByRole('option', { name: 'people can view' }).click();
    expect(await accessibilityViolations(page), 'form').toEqual([]);
    await form.getByRole('button', { name: 'Attach' }).click();
    await app.allSent();
    const link = attachments.row('site-video.mov');
    await expect(link).toContainText('www.dropbox.com · File in Dropbox · people can view');
    await expect(link.getByRole('link')).toHaveAttribute('rel', 'noopener noreferrer');
    await expect(link.getByRole('link')).toHaveAttribute('target', '_blank');
  },
);

test('events, messages and contacts are attached from a form or a file', async ({ app }) => {
  const { page } = app;
  await openTask(app);
  const attachments = attachmentsPageModel(page);
  const lines = (...all: string[]) => `${all.join('\r\n')}\r\n`;
  await attachments.addFiles(
    sampleFile(
      'visit.ics',
      'text/calendar',
      lines(
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'BEGIN:VEVENT',
        'UID:1',
        'SUMMARY:Showroom visit',
        'LOCATION:Mill Lane 4',
        'DTSTART;TZID=Europe/Paris:20300319T100000',
        'DTEND;TZID=Europe/Paris:20300319T110000',
        'END:VEVENT',
        'END:VCALENDAR',
      ),
    ),
    sampleFile(
      're.eml',
      'message/rfc822',
      lines(
        'From: Suppliers <suppliers@example.com>',
        'To: me@example.com',
        'Subject: Re: delivery',
        'Date: Tue, 12 Mar 2030 09:30:00 +0000',
        'Content-Type: text/html',
        '',
        '<p>On <b>Friday</b><script>alert(1)</script></p>',
      ),
    ),
    sampleFile(
      'ada.vcf',
      'text/vcard',
      lines('BEGIN:VCARD', 'VERSION:4.0', 'FN:Ada Lovelace', 'N:Lovelace;Ada;;;', 'EMAIL:ada@example.com', 'END:VCARD'),
    ),
    sampleFile(
      'holidays.ics',
      'text/calendar',
      lines('BEGIN:VCALENDAR', 'BEGIN:VTODO', 'SUMMARY:Not an event', 'END:VTODO', 'END:VCALENDAR'),
    ),
  );
  await expect(app.toast).toContainText('holidays.ics is attached as a file');
  await app.allSent();
  await page.reload();
  await expect(attachments.row('Showroom visit')).toContainText('Event · Tue, 19 Mar 2030 10:00–11:00 · Mill Lane 4');
  await expect(attachments.row('Re: delivery')).toContainText('Message · suppliers@example.com · 12 Mar 2030');
  await expect(attachments.row('Ada Lovelace')).toContainText('Contact · ada@example.com');
  await expect(attachments.row('holidays.ics')).toContainText('bytes');
  await attachments.choose('Re: delivery', 'Open');
  const message = attachments.dialog('Re: delivery');
  await expect(message).toContainText('Suppliers <suppliers@example.com>');
  await expect(message.frameLocator('iframe').getByText('Friday')).toBeVisible();
  expect(await accessibilityViolations(page), 'message').toEqual([]);
  await page.keyboard.press('Escape');
  expect((await attachments.download('Showroom visit')).name).toBe('Showroom visit.ics');

  await attachments.openForm('Event, message or contact');
  const form = page.getByRole('dialog', { name: 'Event, message or contact' });
  await form.getByRole('radio', { name: 'Contact' }).click();
  await form.getByRole('button', { name: 'Attach' }).click();
  await expect(form.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true');
  await form.getByLabel('Name').fill('Bob Stone');
  await form.getByLabel('Company').fill('Quarry');
  // Closed by mistake or by a reload: the draft is still there.
  await page.keyboard.press('Escape');
  await page.reload();
  // In its own field only: a checklist's first line is another draft of the same task.
  await app.editor.pane.getByRole('button', { name: 'Add checklist' }).click();
  await expect(app.editor.pane.getByRole('textbox', { name: 'Add item' })).toHaveValue('');
  await attachments.openForm('Event, message or contact');
  await expect(form.getByLabel('Name')).toHaveValue('Bob Stone');
  await expect(form.getByLabel('Company')).toHaveValue('Quarry');
  expect(await accessibilityViolations(page), 'form').toEqual([]);
  await form.getByRole('button', { name: 'Attach' }).click();
  await app.allSent();
  await expect(attachments.row('Bob Stone')).toContainText('Contact · Quarry');
});

test('inline images of formatted notes show on request', async ({ app }) => {
  const { page } = app;
  let authorization = '';
  page.on('request', (request) => (authorization = request.headers()['authorization'] ?? authorization));
  await openTask(app, 'Read the mail');
  await app.allSent();
  const task = `/api/v2.0/me/tasks('${page.url().split('/').at(-1)}')`;
  const headers = { authorization };
  const content = '<table><tr><td>Look: <img src="cid:pixel@example.com" alt="A pixel"></td></tr></table>';
  await page.request.patch(task, { headers, data: { Body: { ContentType: 'HTML', Content: content } } });
  const data = {
    '@odata.type': '#Microsoft.OutlookServices.FileAttachment',
    Name: 'pixel.png',
    ContentType: 'image/png',
    ContentId: '<pixel@example.com>',
    IsInline: true,
    ContentBytes: samplePng.toString('base64'),
  };
  await page.request.post(`${task}/attachments`, { headers, data });
  const picture = app.editor.pane.frameLocator('iframe').getByRole('img', { name: 'A pixel' });
  const width = () => picture.evaluate((image: HTMLImageElement) => image.naturalWidth);
  await expect(picture).toBeAttached();
  expect(await width()).toBe(0);
  await app.editor.pane.getByRole('button', { name: 'Show pictures' }).click();
  await expect.poll(width).toBe(1);
});

test('on a phone: attachments in the sheet, a photo, and no accessibility violation', async ({
  browser,
  baseURL,
  watch,
  person,
}) => {
  const context = await browser.newContext({
    baseURL: baseURL ?? '',
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  watch(context);
  const app = appPageModel(await context.newPage());
  const { page } = app;
  await app.signIn(person);
  await page.goto('/today');
  await app.list.add('Buy bread');
  await app.list.open('Buy bread');
  await app.editor.subject.waitFor();
  const attachments = attachmentsPageModel(page);
  await attachments.addButton.click();
  await expect(page.getByRole('menuitem', { name: 'Take a photo' })).toBeVisible();
  await page.keyboard.press('Escape');
  // The sheet's bottom bar chooses files, too.
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    app.editor.pane.getByRole('button', { name: 'Attach a file' }).tap(),
  ]);
  await chooser.setFiles([sampleFile('list.txt', 'text/plain', 'Flour')]);
  await expect(attachments.row('list.txt')).toBeVisible();
  await attachments.section
    .getByLabel('Photo to attach')
    .setInputFiles([sampleFile('photo.png', 'image/png', samplePng)]);
  await expect(attachments.section.getByText('1 × 1')).toBeVisible();
  expect(await accessibilityViolations(page)).toEqual([]);
  await context.close();
});
