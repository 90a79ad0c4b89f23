import { dutch } from './languages/dutch.ts';
import { english } from './languages/english.ts';
import { french } from './languages/french.ts';
import { german } from './languages/german.ts';
import { italian } from './languages/italian.ts';
import { polish } from './languages/polish.ts';
import { portuguese } from './languages/portuguese.ts';
import { spanish } from './languages/spanish.ts';
import { vocabularyOf } from './vocabulary.ts';
import type { Language, Vocabulary } from './vocabulary.ts';

const byCode: Readonly<Record<string, Language>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  it: italian,
  nl: dutch,
  pt: portuguese,
  pl: polish,
};

/** Every language in which dates can be typed. */
export const languageCodes: readonly string[] = Object.keys(byCode);

const vocabularies = new Map<string, Vocabulary>();

/** The vocabularies of these languages, such as 'de'; those of unknown codes are left out. */
export function vocabulariesOf(codes: readonly string[]): readonly Vocabulary[] {
  return codes.flatMap((code) => {
    const language = Object.hasOwn(byCode, code) ? byCode[code] : undefined;
    if (language === undefined) return [];
    const vocabulary = vocabularies.get(code) ?? vocabularyOf(language);
    vocabularies.set(code, vocabulary);
    return [vocabulary];
  });
}

/** Words with another meaning in one of the languages. */
export function otherWordsOf(all: readonly Vocabulary[]): ReadonlySet<string> {
  return new Set(all.flatMap(({ language }) => language.otherWords.split('|')));
}

/**
 * The languages to read, the most likely first: 'en-FR' is English in a French region, and the preferred languages follow.
 * English is always one of them.
 */
export function parserLanguages(locale: string, preferred: readonly string[] = []): readonly string[] {
  const { language, region } = new Intl.Locale(locale).maximize();
  const regional = Object.hasOwn(byCode, language) || region === undefined ? language : languageOfRegion(region);
  const ofRegion = language === 'en' && region !== undefined ? languageOfRegion(region) : regional;
  const others = [ofRegion, ...preferred.map((name) => name.split('-')[0] ?? '')];
  const codes = language === 'en' ? ['en', ...others] : [regional, ...others, 'en'];
  return [...new Set(codes)].filter((code) => Object.hasOwn(byCode, code));
}

function languageOfRegion(region: string): string {
  return new Intl.Locale(`und-${region}`).maximize().language;
}

/** Regions where 5/4 is 4 May. */
const monthFirst = new Set(['US', 'PH', 'FM', 'MH', 'PW', 'PR', 'GU', 'VI', 'AS', 'MP', 'UM']);
/** Regions that write it both ways. */
const eitherOrder = new Set(['CA', 'ZA', 'KE', 'GH', 'TT', 'BZ', 'PA', 'KY']);

/** How the region of a locale orders day and month; null where it is not known: English without a region. */
export function dateOrderOf(locale: string): 'dayFirst' | 'monthFirst' | null {
  const written = new Intl.Locale(locale);
  const region = written.region ?? (written.language === 'en' ? undefined : written.maximize().region);
  if (region === undefined || (eitherOrder.has(region) && written.language === 'en')) return null;
  return monthFirst.has(region) ? 'monthFirst' : 'dayFirst';
}

const hourCycles = new Map<string, boolean>();

/** Whether the locale writes times with twelve hours. */
export function isTwelveHour(locale: string): boolean {
  const known = hourCycles.get(locale);
  if (known !== undefined) return known;
  const { hourCycle } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions();
  const isTwelve = hourCycle === 'h12' || hourCycle === 'h11';
  hourCycles.set(locale, isTwelve);
  return isTwelve;
}
