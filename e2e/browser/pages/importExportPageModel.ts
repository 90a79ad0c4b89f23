import { expect, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';

type File = { name: string; content: Buffer };

/** The page of exports and imports, in the words of a person. */
export function importExportPageModel(page: Page) {
  const main = page.getByRole('main', { name: 'Export and import' });
  return {
    main,
    preview: page.getByRole('region', { name: 'Import' }),
    begin: main.getByRole('button', { name: /^Import .*task/ }),
    outcome: main.getByRole('status').filter({ hasText: 'is imported' }),
    running: main.getByRole('progressbar', { name: /^Importing/ }),
    dismiss: main.getByRole('button', { name: 'OK' }),
    row: (folder: string) => main.getByRole('row', { name: folder }),
    share: async () => Number((await main.getByRole('progressbar').first().getAttribute('value')) ?? 0),
    async openFromSettings() {
      await page.goto('/settings');
      await page.getByRole('link', { name: 'Export or import' }).click();
      await main.waitFor();
    },
    async exportAs(format: string, what: string): Promise<File> {
      await main.getByRole('button', { name: /What$/ }).click();
      await page.getByRole('option', { name: what, exact: true }).click();
      await main.getByRole('radio', { name: format }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        main.getByRole('button', { name: 'Export', exact: true }).click(),
      ]);
      return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
    },
    /** Renders the print sheet as the browser does before it prints, once the sheet's code has loaded. */
    async preparePrint() {
      const isRendered = () => {
        dispatchEvent(new Event('beforeprint'));
        return document.querySelector('[data-print]') !== null;
      };
      await expect.poll(() => page.evaluate(isRendered)).toBe(true);
    },
    async choose({ name, content }: File) {
      await main.locator('input[type=file]').setInputFiles({ name, mimeType: '', buffer: content });
    },
  };
}
