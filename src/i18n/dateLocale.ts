/**
 * The words are in the app's language; order, week start and clock are those of the reader's region: a German browser and
 * English words give 'en-DE', "Fri 27 Mar" with Monday first, not a mixture of two languages.
 */
export function dateLocale(language: string, browserLocale: string): string {
  const browser = readLocale(browserLocale);
  if (!browser) return language;
  if (browser.language === language) return browser.baseName;
  const { region } = browser.maximize();
  return region === undefined ? language : `${language}-${region}`;
}

function readLocale(text: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(text);
  } catch (error) {
    // Some systems report names that are no locale ('C', 'POSIX').
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
