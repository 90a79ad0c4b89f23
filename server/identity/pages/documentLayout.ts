import type { PageTexts } from '../pageTexts.ts';
import { illustration, logo } from './artwork.ts';
import { html } from './htmlTemplate.ts';
import type { Html } from './htmlTemplate.ts';

export type PageContext = {
  texts: PageTexts;
  /** URL of the stylesheet, with a content hash. */
  styles: string;
  /** URL of the app. */
  appUrl: string;
};

/** The layout of every identity page: the illustration on one side, the content on the other. */
export function layoutHtml(context: PageContext, page: { heading: string; hasErrors?: boolean; body: Html }): string {
  const { texts, styles } = context;
  return html`<!doctype html>
    <html lang="${texts.lang}" dir="${texts.dir}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${texts.title(page.heading, page.hasErrors ?? false)}</title>
        <link rel="stylesheet" href="${styles}" />
      </head>
      <body>
        ${illustration(texts)}
        <main>
          <p class="brand">${logo}<span>Threefold</span></p>
          <div class="content">
            <h1>${page.heading}</h1>
            ${page.body}
          </div>
        </main>
      </body>
    </html>`.html;
}
