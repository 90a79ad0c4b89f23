import { importExportPageModel } from '../pages/importExportPageModel.ts';
import { expect, test } from '../fixtures.ts';
import { accessibilityViolations } from '../support/accessibility.ts';

/** What the preview of an import shows before anything is believed (docs/decisions/0036-import-and-export.md). */

/** "Позвонить" in Windows-1251. */
const call = Buffer.from([0xcf, 0xee, 0xe7, 0xe2, 0xee, 0xed, 0xe8, 0xf2, 0xfc]);

test('the encoding of a file is a guess that shows its text, and another one can be chosen', async ({ app }) => {
  const { page } = app;
  const exchange = importExportPageModel(page);
  await exchange.openFromSettings();
  const content = Buffer.concat([
    Buffer.from('Subject,Due Date\r\nPlain,4/3/2027\r\n'),
    call,
    Buffer.from(',3/27/2027\r\n'),
  ]);
  await exchange.choose({ name: 'tasks.csv', content });
  const sample = page.getByRole('table', { name: 'The first tasks, as they are read' });
  // The task whose letters depend on the encoding comes first.
  await expect(sample.getByRole('row').nth(1)).toContainText('Позвонить');
  await expect(sample.getByRole('row').nth(1)).toContainText('27 Mar');
  const encoding = exchange.main.getByRole('button', { name: /Encoding$/ });
  await expect(encoding).toContainText('Cyrillic (Windows-1251)');
  expect(await accessibilityViolations(page)).toEqual([]);

  await encoding.click();
  await page.getByRole('option', { name: 'Western European (Windows-1252)' }).click();
  await expect(sample).toContainText('Ïîçâîíèòü');
  await expect(encoding).toBeFocused();
  await encoding.click();
  await page.getByRole('option', { name: 'Cyrillic (Windows-1251)' }).click();
  await expect(sample).toContainText('Позвонить');
  await exchange.begin.click();
  await expect(exchange.outcome).toHaveText(/is imported: 2 tasks/);
  await page.goto('/all');
  await expect(page.getByRole('row', { name: 'Позвонить' })).toBeVisible();
});

test('a bad value costs itself alone, and its line is in the report', async ({ app }) => {
  const { page } = app;
  const exchange = importExportPageModel(page);
  await exchange.openFromSettings();
  const todo = (...lines: string[]) => ['BEGIN:VTODO', ...lines, 'END:VTODO'];
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...todo('SUMMARY:Odd', 'DUE:20270610T106000Z', 'RRULE:FREQ=FORTNIGHTLY'),
    ...todo('SUMMARY:Good', 'DUE;VALUE=DATE:20270611', 'PERCENT-COMPLETE:40'),
    'END:VCALENDAR',
  ];
  await exchange.choose({ name: 'tasks.ics', content: Buffer.from(lines.join('\r\n')) });
  await expect(exchange.preview).toContainText('2 tasks to import');
  await expect(exchange.preview).toContainText('“DUE” cannot be read in 1 place');
  await expect(exchange.preview).toContainText('“PERCENT-COMPLETE” means something else here in 1 place');
  await expect(exchange.main.getByRole('button', { name: /Encoding$/ })).toHaveCount(0);
  const [report] = await Promise.all([
    page.waitForEvent('download'),
    exchange.main.getByRole('button', { name: 'Save the report' }).click(),
  ]);
  const stream = await report.createReadStream();
  const text = Buffer.concat(await stream.toArray()).toString();
  expect(text).toContain('"5","value","DUE","20270610T106000Z"');
});
