import type { BrowserContext } from '@playwright/test';

declare global {
  interface Window {
    /** Exposed to the page by `installXssProbe`. */
    ranFromText: (what: string) => void;
  }
}

/**
 * Detects every effect of a vector: a call of `alert` or the like in any frame, a dialog, a request to another host, a
 * new window.
 */
export async function installXssProbe(context: BrowserContext, own: string): Promise<readonly string[]> {
  const found: string[] = [];
  await context.exposeBinding('ranFromText', ({ frame }, what: string) => void found.push(`${what} in ${frame.url()}`));
  await context.addInitScript(() => {
    const tell = (what: string) => (text: unknown) => {
      window.ranFromText(`${what}(${String(text)})`);
    };
    Object.assign(window, {
      alert: tell('alert'),
      confirm: tell('confirm'),
      prompt: tell('prompt'),
      print: tell('print'),
    });
  });
  await context.route(
    (url) => !url.href.startsWith(`${own}/`) && url.protocol.startsWith('http'),
    (route) => {
      found.push(`request to ${route.request().url()}`);
      return route.abort();
    },
  );
  context.on('page', (page) => {
    page.on('dialog', (dialog) => {
      found.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('popup', (popup) => void found.push(`window ${popup.url()}`));
  });
  return found;
}
