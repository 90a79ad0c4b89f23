import { graphBeta, outlookRest } from '../../src/wire/outlook/outlookDialects.ts';
import { notAllowed } from '../config/appError.ts';
import { extrasRoot } from '../v1/v1Routes.ts';
import { reply, type Ctx } from '../http/http.ts';
import { metadataText, serviceDocument } from './metadata.ts';
import { openApi } from './openApi.ts';
import { descriptionPage, pagePolicy } from './docsPage.ts';

type Page = (origin: string) => { text: string; headers: Readonly<Record<string, string>> };

const json = { 'Content-Type': 'application/json; charset=utf-8' };
const xml = { 'Content-Type': 'application/xml; charset=utf-8' };
const html = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': pagePolicy,
  'Referrer-Policy': 'no-referrer',
};

const pages: Readonly<Record<string, Page>> = {
  ...Object.fromEntries(
    [outlookRest, graphBeta].flatMap((dialect): [string, Page][] => [
      [
        dialect.root,
        (origin) => ({ text: JSON.stringify(serviceDocument(dialect, origin + dialect.root)), headers: json }),
      ],
      [`${dialect.root}/$metadata`, () => ({ text: metadataText(dialect), headers: xml })],
    ]),
  ),
  [`${extrasRoot}/openapi.json`]: (origin) => ({ text: JSON.stringify(openApi(origin)), headers: json }),
  [extrasRoot]: (origin) => ({ text: descriptionPage(openApi(origin)), headers: html }),
};

/** Made once for each origin by which the service is known. */
const made = new Map<string, ReturnType<Page>>();

/**
 * What the service says about itself, to everybody: it is the same for all, and says nothing of anybody. Undefined for
 * other addresses.
 * @param path of the request, in lower case.
 */
export function answerAbout(c: Ctx, path: string, origin: string): Response | undefined {
  const name = path.replace(/\/+$/, '').replace('%24', '$');
  const page = Object.hasOwn(pages, name) ? pages[name] : undefined;
  if (page === undefined) return undefined;
  c.set('route', name);
  if (c.req.method !== 'GET') throw notAllowed(['GET']);
  const key = `${origin} ${name}`;
  const { text, headers } = made.get(key) ?? page(origin);
  if (made.size < 100) made.set(key, { text, headers });
  return reply(c, text, 200, { ...headers, 'Cache-Control': 'public, max-age=300' });
}
