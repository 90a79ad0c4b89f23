import { expect, test } from '../fixtures.ts';
import { attachmentsPageModel, drawnPixelsOn, openTask } from '../pages/attachmentsPageModel.ts';
import { sampleFile, samplePdf, decompressionBomb } from '../support/sampleFiles.ts';

test('nothing in a foreign attachment runs or loads, whatever its name', async ({ app, context, service }) => {
  const { page } = app;
  const left: string[] = [];
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(service.url) && !url.startsWith('blob:') && !url.startsWith('data:')) left.push(url);
  });
  let ran = 0;
  await page.exposeFunction('ran', () => (ran += 1));
  page.on('dialog', (dialog) => {
    ran += 1;
    void dialog.dismiss();
  });
  await openTask(app);
  const attachments = attachmentsPageModel(page);
  const script = '<script>ran(); alert(1)</script><img src="https://evil.example/a.png" onerror="ran()">';
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="ran()"><script>ran()</script>
    <image href="https://evil.example/b.png" width="9" height="9"/><foreignObject>
    <body xmlns="http://www.w3.org/1999/xhtml"><img src="https://evil.example/c.png"/></body></foreignObject></svg>`;
  await attachments.addFiles(
    sampleFile('page.html', 'text/html', `<!doctype html>${script}`),
    sampleFile('drawing.svg', 'image/svg+xml', drawing),
    sampleFile(
      'form.pdf',
      'application/pdf',
      samplePdf('Hello', '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\); ran\\(\\)) >>'),
    ),
    sampleFile('holiday.png', 'image/png', decompressionBomb()),
    sampleFile('photo\u202Egpj.exe', 'application/x-msdownload', 'MZ'),
    sampleFile('..\\..\\con<img src=x onerror=ran()>.txt', 'text/plain', script),
  );
  await app.allSent();
  await page.reload();
  await attachments.choose('page.html', 'Open');
  await expect(attachments.dialog('page.html').getByRole('textbox')).toHaveValue(`<!doctype html>${script}`);
  await page.keyboard.press('Escape');
  // A drawing may render endlessly: opening the task does not show it.
  await attachments.choose('drawing.svg', 'Open');
  await expect
    .poll(() =>
      page.getByRole('img', { name: 'drawing.svg' }).evaluate((image: HTMLImageElement) => image.naturalWidth),
    )
    .toBe(9);
  await page.keyboard.press('Escape');
  await attachments.section.getByRole('button', { name: 'Open holiday.png' }).click();
  await expect(attachments.dialog('holiday.png')).toContainText('This cannot be shown here');
  await page.keyboard.press('Escape');
  expect(await page.locator('img').count()).toBe(0);
  await attachments.choose('form.pdf', 'Open');
  await expect.poll(() => drawnPixelsOn(page)).toBeGreaterThan(20);
  await page.keyboard.press('Escape');
  // Its type is taken from its extension.
  await expect(attachments.row('photogpj.exe')).toBeVisible();
  expect((await attachments.download('photogpj.exe')).name).toBe('photogpj.exe');
  const odd = await attachments.download('..\\..\\con');
  expect(odd.name).toBe('_.._con_img src=x onerror=ran()_.txt');
  expect(ran).toBe(0);
  expect(left).toEqual([]);
});
