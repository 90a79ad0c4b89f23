import { trimEndOf } from '../../src/domain/text/trimText.ts';
import { methodNotAllowed } from '../config/appError.ts';
import { servedDialects } from '../outlook/servedDialects.ts';
import { v1Root } from '../v1/v1Routes.ts';
import { contentTag } from '../http/conditionalRead.ts';
import { reply, type HonoContext } from '../http/http.ts';
import { metadataXml, serviceDocument } from './metadata.ts';
import { buildOpenApi } from './openApi.ts';
import { docsPageHtml, docsPageCsp } from './docsPage.ts';

type Page = (origin: string) => { text: string; headers: Readonly<Record<string, string>> };

const json = { 'Content-Type': 'application/json; charset=utf-8' };
const xml = { 'Content-Type': 'application/xml; charset=utf-8' };
const html = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': docsPageCsp,
  'Referrer-Policy': 'no-referrer',
};

const pages: Readonly<Record<string, Page>> = {
  ...Object.fromEntries(
    servedDialects.flatMap((dialect): [string, Page][] => [
      [
        dialect.root,
        (origin) => ({ text: JSON.stringify(serviceDocument(dialect, origin + dialect.root)), headers: json }),
      ],
      [`${dialect.root}/$metadata`, () => ({ text: metadataXml(dialect), headers: xml })],
    ]),
  ),
  [`${v1Root}/openapi.json`]: (origin) => ({ text: JSON.stringify(buildOpenApi(origin)), headers: json }),
  [v1Root]: (origin) => ({ text: docsPageHtml(buildOpenApi(origin)), headers: html }),
};

function withTag({ text, headers }: ReturnType<Page>): ReturnType<Page> {
  return { text, headers: { ...headers, ETag: contentTag(text) } };
}

/** The pages by the origin under which the service is reached. */
const made = new Map<string, ReturnType<Page>>();

/**
 * Serves the descriptions of the service without sign-in: they are the same for everybody. Undefined for other paths.
 * @param path of the request, in lower case.
 */
export function handleDocsRequest(c: HonoContext, path: string, origin: string): Response | undefined {
  const name = trimEndOf(path, '/').replace('%24', '$');
  const page = Object.hasOwn(pages, name) ? pages[name] : undefined;
  if (page === undefined) return undefined;
  c.set('route', name);
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') throw methodNotAllowed(['GET']);
  const key = `${origin} ${name}`;
  const { text, headers } = made.get(key) ?? withTag(page(origin));
  if (made.size < 100) made.set(key, { text, headers });
  return reply(c, text, 200, { ...headers, 'Cache-Control': 'public, max-age=300' });
}
