import type { PageTexts } from '../pageTexts.ts';
import { html } from './htmlTemplate.ts';
import type { Html } from './htmlTemplate.ts';

/** The app's logo, as in src/ui/controls/logo.tsx: a folded check mark on a green square. */
export const logo: Html = html`<svg class="mark" viewBox="0 0 48 48" width="32" height="32" aria-hidden="true">
  <rect width="48" height="48" rx="12" />
  <path fill="#fff" fill-opacity=".64" d="m8.4 23 6.2-6.3 6.9 6.9-6.2 6.3z" />
  <path fill="#fff" fill-opacity=".4" d="M40 16.8v11.6l-5.6-6z" />
  <path fill="#fff" d="m15.3 29.2 18.2-18.7 6.3 6.3L21.6 35.5z" />
</svg>`;

const line = (width: number) => html`<i class="line line-${width}"></i>`;

const ring = (kind: 'open' | 'half' | 'done') =>
  html`<svg class="ring ring-${kind}" viewBox="0 0 18 18" width="18" height="18">
    <circle cx="9" cy="9" r="7.25" />
    ${kind === 'half' && html`<path d="M9 4a5 5 0 0 1 0 10z" />`}
    ${kind === 'done' && html`<path d="M5.6 9.2l2.3 2.3 4.5-4.8" />`}
  </svg>`;

const row = (kind: 'open' | 'half' | 'done', width: number) => html`<p class="art-row">${ring(kind)}${line(width)}</p>`;

/** The product name as a picture of a sheet in three folds. Decorative, so hidden from screen readers. */
export function illustration({ art }: PageTexts): Html {
  return html`<div class="drawing" aria-hidden="true">
    <div class="sheet">
      <div class="fold fold-left">
        <b>${art.groups}</b>
        ${[4, 3, 5, 2, 4, 3, 4].map((width) => html`<p class="art-row">${line(width)}</p>`)}
      </div>
      <div class="fold fold-middle">
        <b>${art.folders}</b>
        ${[3, 4, 2, 5, 3, 4].map((width, at) => html`<p class="art-row ${at === 1 && 'art-open'}">${line(width)}</p>`)}
      </div>
      <div class="fold fold-right">
        <b>${art.tasks}</b>
        ${row('half', 4)} ${row('open', 3)} ${row('done', 5)} ${row('done', 3)} ${row('open', 4)} ${row('open', 2)}
      </div>
    </div>
  </div>`;
}
