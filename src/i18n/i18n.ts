import { i18n } from '@lingui/core';
import type { Messages } from '@lingui/core';
import { createLazyChunk } from '../domain/async/lazyChunk.ts';

/**
 * The languages there are. The words of English, the source, are in the code that shows them (vitePlugins/sourceMessages.ts); each other
 * language adds a catalog and a line here and in lingui.config.ts.
 */
const catalogs: Readonly<Record<string, (() => Promise<{ messages: Messages }>) | null>> = {
  en: null,
};

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur']);

/** The first of the reader's languages that there is a catalog for. */
export function chooseLanguage(wanted: readonly string[]): string {
  const found = wanted
    .map((locale) => locale.toLowerCase().split('-')[0] ?? '')
    .find((language) => language in catalogs);
  return found ?? 'en';
}

/**
 * Loads the catalog (a chunk of its own) and makes its words the app's; what it lacks is shown in English. Start it first
 * thing: it can arrive while the settings do. `lang` and `dir` follow on <html>.
 */
export async function activate(language: string): Promise<void> {
  const catalog = catalogs[language];
  if (catalog === undefined) throw new RangeError(`There is no catalog for '${language}'`);
  const { messages } = catalog === null ? { messages: {} } : await createLazyChunk(catalog).get();
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = language;
  document.documentElement.dir = rightToLeft.has(language) ? 'rtl' : 'ltr';
}
