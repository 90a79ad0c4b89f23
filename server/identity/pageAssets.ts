import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export type PageAssets = {
  /** URL of the stylesheet; it contains a hash, so it may be cached forever. */
  styles: string;
  /** Sends a file of the identity pages. Returns false for any other path. */
  serve(path: string, res: ServerResponse): Promise<boolean>;
};

const sources = {
  tokens: new URL('../../src/ui/styles/designTokens.css', import.meta.url),
  page: new URL('./pages/identityPages.css', import.meta.url),
};

/**
 * The stylesheet and the fonts of the identity pages, read once. Design tokens are the app's own; font faces come from
 * the font's package with its unicode ranges, so that a page loads only the subsets it needs.
 */
export async function loadPageAssets(): Promise<PageAssets> {
  const fontCss = createRequire(import.meta.url).resolve('@fontsource-variable/geist/wght.css');
  const faces = (await readFile(fontCss, 'utf8')).replaceAll('url(./files/', 'url(/oidc/fonts/');
  const fonts = new Set([...faces.matchAll(/url\(\/oidc\/fonts\/([\w-]+\.woff2)\)/g)].map((match) => match[1]));
  const styles = [faces, await readFile(sources.tokens, 'utf8'), await readFile(sources.page, 'utf8')].join('\n');
  const version = createHash('sha256').update(styles).digest('base64url').slice(0, 12);

  return {
    styles: `/oidc/style.css?v=${version}`,
    async serve(path, res) {
      if (path === '/oidc/style.css') {
        send(res, 'text/css; charset=utf-8', styles);
        return true;
      }
      const font = /^\/oidc\/fonts\/([\w-]+\.woff2)$/.exec(path)?.[1];
      if (font === undefined || !fonts.has(font)) return false;
      send(res, 'font/woff2', await readFile(join(dirname(fontCss), 'files', font)));
      return true;
    },
  };
}

function send(res: ServerResponse, type: string, body: string | Buffer): void {
  res.writeHead(200, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'public, max-age=31536000, immutable',
  });
  res.end(body);
}
