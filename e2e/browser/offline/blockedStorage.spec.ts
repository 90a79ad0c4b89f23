import { expect, test } from '../fixtures.ts';

test.describe('where the app cannot start', () => {
  test.use({ expectedErrors: [/SecurityError|site data|storage/i] });

  test('a browser that blocks site data gets a page that says what to allow', async ({ browser, service }) => {
    const context = await browser.newContext({ baseURL: service.url });
    await context.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      });
    });
    const page = await context.newPage();
    await page.goto('/');
    await expect(page.getByText('this browser blocks site data')).toBeVisible();
    await context.close();
  });
});
