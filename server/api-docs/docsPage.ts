import { createHash } from 'node:crypto';
import { isObject } from '../../src/wire/jsonReader.ts';
import { escapeHtml } from '../text/htmlText.ts';

/** The description of the service as one HTML page without scripts and external resources. */

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin: 2.5rem 0 0.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: 0.35rem 0.75rem 0.35rem 0; border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
code { font-family: ui-monospace, monospace; font-size: 0.875rem; overflow-wrap: anywhere; }
`;

export const docsPageCsp = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

type Line = { method: string; path: string; summary: string; tag: string };

export function docsPageHtml(document: object): string {
  const lines = linesOf(document).filter(({ path }) => !path.includes('/users('));
  const tags = [...new Set(lines.map(({ tag }) => tag))];
  const sections = tags.map(
    (tag) => `<h2><code>${escapeHtml(tag)}</code></h2>
<table><thead><tr><th scope="col">Request</th><th scope="col">What it does</th></tr></thead><tbody>
${lines
  .filter((line) => line.tag === tag)
  .map(
    ({ method, path, summary }) =>
      `<tr><td><code>${escapeHtml(`${method.toUpperCase()} ${path}`)}</code></td><td>${escapeHtml(summary)}</td></tr>`,
  )
  .join('\n')}
</tbody></table>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Threefold: the API</title><style>${style}</style></head><body><main>
<h1>The API of Threefold</h1>
<p>Send a token as <code>Authorization: Bearer …</code>. <code>/me</code> may also be written
<code>/users('address')</code>, and a key in parentheses, <code>tasks('id')</code>.
All of it for machines: <a href="/threefold/v1/openapi.json">openapi.json</a>, and the types:
<a href="/api/v2.0/$metadata">v2</a>, <a href="/beta/$metadata">beta</a>.</p>
${sections.join('\n')}
</main></body></html>
`;
}

function linesOf(document: object): Line[] {
  const paths = 'paths' in document && isObject(document.paths) ? document.paths : {};
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(isObject(methods) ? methods : {}).flatMap(([method, operation]): Line[] => {
      if (!isObject(operation) || !Array.isArray(operation['tags'])) return [];
      return [{ method, path, summary: String(operation['summary']), tag: String(operation['tags'][0]) }];
    }),
  );
}
